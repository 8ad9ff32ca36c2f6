/** The whole dashboard: signed out, or connections and exporters of the person's team. */
import type { JSX } from 'preact';
import { useEffect } from 'preact/hooks';
import type { Me } from '../../shared/contract/person.ts';
import { ProblemBox, Skeleton } from '../../shared/ui/states.tsx';
import { Connections } from './connections.tsx';
import { Exporters } from './exporters.tsx';
import { callApi, setCsrfToken } from './server-api.ts';
import { SignIn } from './sign-in.tsx';
import { useLoaded } from './use-loaded.ts';

export function App(): JSX.Element {
  const me = useLoaded(
    () => callApi('getMe', {}),
    () => null,
  );
  const isSignedOut = me.trouble?.code === 'NOT_SIGNED_IN' || me.trouble?.code === 'CREDENTIAL_REFUSED';

  if (isSignedOut) return <SignIn onReturn={me.reload} />;
  if (me.trouble !== undefined && me.data === undefined)
    return (
      <main class="page">
        <ProblemBox sentence={me.trouble.sentence} code={me.trouble.code}>
          <button type="button" class="primary" onClick={() => void me.reload()}>
            Try again
          </button>
        </ProblemBox>
      </main>
    );
  if (me.data === undefined)
    return (
      <main class="page">
        <Skeleton lines={6} />
      </main>
    );
  return <SignedIn me={me.data} onSignedOut={me.reload} />;
}

function SignedIn({ me, onSignedOut }: { me: Me; onSignedOut: () => Promise<void> }): JSX.Element {
  setCsrfToken(me.csrfToken);
  const connections = useLoaded(
    () => callApi('listConnections', {}),
    () => null,
  );
  useEffect(() => {
    document.title = `${me.team.name} · Foliokeep`;
  }, [me.team.name]);
  const signOut = async (): Promise<void> => {
    await callApi('signOut', {});
    location.reload();
  };
  return (
    <>
      <header class="top">
        <strong>Foliokeep</strong>
        <span class="who" title={me.email}>
          {me.email}
        </span>
        <button type="button" class="plain" onClick={() => void signOut().catch(onSignedOut)}>
          Sign out
        </button>
      </header>
      <main class="page">
        <Connections loaded={connections} />
        <Exporters
          connections={connections.data?.connections ?? []}
          onConnectionsChanged={connections.reload}
        />
      </main>
    </>
  );
}
