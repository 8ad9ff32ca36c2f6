/** The whole API: every route that server, sidebar, dashboard and /openapi.json know. */
import { auditRoutes } from './audit.ts';
import { catalogueRoutes } from './catalogue.ts';
import { channelRoutes } from './channel.ts';
import { connectionRoutes } from './connection.ts';
import { exporterRoutes } from './exporter.ts';
import { noticeRoutes } from './notice.ts';
import { personRoutes } from './person.ts';
import { runRoutes } from './run.ts';
import { scheduleRoutes } from './schedule.ts';
import { teamRoutes } from './team.ts';

export const api = {
  ...personRoutes,
  ...connectionRoutes,
  ...catalogueRoutes,
  ...exporterRoutes,
  ...runRoutes,
  ...scheduleRoutes,
  ...teamRoutes,
  ...auditRoutes,
  ...noticeRoutes,
  ...channelRoutes,
} as const;
export type Api = typeof api;
export type RouteId = keyof Api;
