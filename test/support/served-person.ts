/** A person of a served world: a browser with cookies, signed in with Google, and what they do. */

import { hasEnded } from '../../server/domain/run.ts';
import { type ApiClient, apiClient } from '../../shared/client.ts';
import type { ConnectionView } from '../../shared/contract/connection.ts';
import type { ExporterView } from '../../shared/contract/exporter.ts';
import type { Me } from '../../shared/contract/person.ts';
import type { RunView } from '../../shared/contract/run.ts';
import { answerGoogle, answerXero, type Home, type XeroChoice } from './consent-world.ts';
import type { Answered, Asked } from './http-asker.ts';
import type { ServedWorld } from './served-world.ts';

export const amelia = 'amelia@harbourbooks.example';
export const ben = 'ben@harbourbooks.example';
export const chloe = 'chloe@fernhill.example';

/** Keeps cookies and sends them; follows nothing. */
export interface Browser {
  cookies: Map<string, string>;
  ask(path: string, asked?: Asked): Promise<Answered>;
}

export const browserOf = (world: ServedWorld): Browser => {
  const cookies = new Map<string, string>();
  return {
    cookies,
    async ask(path, asked = {}) {
      const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
      const answer = await world.ask(path, {
        ...asked,
        headers: { ...(cookie === '' ? {} : { cookie }), ...asked.headers },
      });
      for (const line of answer.cookies) {
        const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
        if (value === '') cookies.delete(name);
        else cookies.set(name, value);
      }
      return answer;
    },
  };
};

/** Where the browser comes home after the consent page of a provider. */
export const pathHome = ({ provider, ...query }: Home): string =>
  `/oauth/${provider}/callback?${new URLSearchParams({ ...query })}`;

export async function signIn(world: ServedWorld, web: Browser, email: string): Promise<Answered> {
  const { headers } = await web.ask('/oauth/google/start');
  const home = await answerGoogle(world.google, headers['location'] ?? '', { account: email });
  return web.ask(pathHome(home));
}

export interface ServedPerson extends Browser {
  me: Me;
  call: ApiClient;
  /** The CSRF token as a header. */
  changing: Record<string, string>;
  connectXero(choice?: XeroChoice): Promise<ConnectionView[]>;
  makeExporter(
    connectionId: string,
    over?: { dataset?: string; name?: string; spreadsheetId?: string },
  ): Promise<ExporterView>;
  /** Starts a run and watches it to its end; the world must be at work. */
  runToEnd(exporterId: string): Promise<RunView>;
}

/** Signed in through Google's page, with sheets allowed. */
export async function servedPerson(world: ServedWorld, email: string): Promise<ServedPerson> {
  const web = browserOf(world);
  const home = await signIn(world, web, email);
  if (home.status !== 303) throw new Error(`sign-in answered ${home.status}: ${home.text}`);
  const me = (await web.ask('/api/v1/me')).json as Me;
  const changing = { 'x-foliokeep-csrf': me.csrfToken };
  const call = apiClient({
    origin: world.origin,
    fetch: (url, init) => fetch(url, init),
    headers: () => ({
      ...changing,
      cookie: [...web.cookies].map(([name, value]) => `${name}=${value}`).join('; '),
    }),
  });
  return {
    ...web,
    me,
    call,
    changing,
    async connectXero(choice) {
      const { url } = await call('beginConsent', { body: {} });
      const done = await web.ask(pathHome(await answerXero(world.xero, url, choice)));
      if (done.headers['location'] !== '/oauth/done') throw new Error(`consent answered ${done.status}`);
      const said = await web.ask('/oauth/done');
      if (said.status !== 200) throw new Error(`consent ended with ${said.status}: ${said.text}`);
      return (await call('listConnections', {})).connections;
    },
    async makeExporter(connectionId, { dataset = 'contacts', name = 'Contacts', spreadsheetId } = {}) {
      const sheet = spreadsheetId ?? (await call('createSpreadsheet', { body: { title: 'Books' } })).id;
      return call('createExporter', {
        body: { name, connectionId, dataset, destination: { spreadsheetId: sheet } },
      });
    },
    async runToEnd(exporterId) {
      let run: RunView = await call('startRun', { params: { exporterId }, body: {} });
      while (!hasEnded(run)) {
        await world.clock.sleep(20);
        run = await call('getRun', { params: { runId: run.id } });
      }
      return run;
    },
  };
}
