/** The handlers of notices, channels and what people chose. */
import type { channelRoutes } from '../../shared/contract/channel.ts';
import type { noticeRoutes } from '../../shared/contract/notice.ts';
import type { Ports } from '../ports.ts';
import {
  addChannel,
  editChannel,
  listChannels,
  removeChannel,
  rotateSecret,
  testChannel,
} from '../use-cases/channels.ts';
import { editExporterNotices, viewExporterNotices } from '../use-cases/exporter-notices.ts';
import { listNotices, seeNotices } from '../use-cases/notices.ts';
import { editOwnNotices, testMail, viewOwnNotices } from '../use-cases/own-notices.ts';
import type { Handlers } from './bind.ts';

export const noticeHandlers = (
  ports: Ports,
  publicUrl: string,
): Pick<Handlers, keyof typeof noticeRoutes | keyof typeof channelRoutes> => ({
  listNotices: ({ actor }, { query }) => listNotices(ports, actor, query),
  seeNotices: ({ actor }, { body }) => seeNotices(ports, actor, body.until),
  getOwnNotices: ({ actor }) => viewOwnNotices(ports, actor),
  editOwnNotices: ({ actor }, { body }) => editOwnNotices(ports, actor, body),
  testMail: ({ actor }) => testMail(ports, actor, publicUrl),
  listChannels: ({ actor }) => listChannels(ports, actor),
  addChannel: ({ actor }, { body }) => addChannel(ports, actor, body),
  editChannel: ({ actor }, { params, body }) => editChannel(ports, actor, params.channelId, body),
  testChannel: ({ actor }, { params }) => testChannel(ports, actor, params.channelId, publicUrl),
  rotateSecret: ({ actor }, { params }) => rotateSecret(ports, actor, params.channelId),
  removeChannel: ({ actor }, { params }) => removeChannel(ports, actor, params.channelId),
  getExporterNotices: ({ actor }, { params }) => viewExporterNotices(ports, actor, params.exporterId),
  editExporterNotices: ({ actor }, { params, body }) =>
    editExporterNotices(ports, actor, params.exporterId, body),
});
