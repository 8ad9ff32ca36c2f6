/** A person at a browser: signs in with Google, connects Xero, and calls the API as the dashboard does. */
import { type ApiClient, apiClient } from '../../shared/client.ts';
import { type Browser, browser } from './browser.ts';

export interface Person {
  browser: Browser;
  call: ApiClient;
  /** Gives consent at Xero to every organisation whose name `wants` accepts; with a connection, to bring that one back. */
  connectXero(wants: (organisation: string) => boolean, connectionId?: string): Promise<void>;
}

/** Signs in as the Google account of this address, allowing what is asked. */
export async function signedInPerson(serverUrl: string, email: string): Promise<Person> {
  const web = browser();
  const consent = await web.open(`${serverUrl}/oauth/google/start`);
  const back = await web.submit(
    consent,
    (choice) => choice.name !== 'account' || choice.value === email || choice.label.includes(email),
    'allow',
  );
  if (back.status !== 200)
    throw new Error(`Sign-in ended at ${new URL(back.url).pathname} with ${back.status}`);
  let csrfToken = '';
  const call = apiClient({
    origin: serverUrl,
    fetch: (url, init) => web.fetch(url, init),
    headers: () => (csrfToken === '' ? {} : { 'x-foliokeep-csrf': csrfToken }),
  });
  csrfToken = (await call('getMe', {})).csrfToken;
  return {
    browser: web,
    call,
    async connectXero(wants, connectionId) {
      const { url } = await call('beginConsent', {
        body: connectionId === undefined ? {} : { connectionId },
      });
      const page = await web.open(url);
      let isFirstUser = true;
      const done = await web.submit(
        page,
        (choice) => {
          if (choice.name === 'organisation') return wants(choice.label);
          if (choice.name !== 'user') return true;
          const isWanted = isFirstUser;
          isFirstUser = false;
          return isWanted;
        },
        'allow',
      );
      if (done.status !== 200)
        throw new Error(`Consent ended at ${new URL(done.url).pathname} with ${done.status}`);
    },
  };
}
