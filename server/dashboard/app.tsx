/** The whole dashboard: signed out, or connections and exporters of the person's team. */
import type { JSX } from 'preact';
import { useCallback, useEffect, useMemo, useState } from 'preact/hooks';
import type { Me } from '../../shared/contract/person.ts';
import { ProblemBox, Skeleton } from '../../shared/ui/states.tsx';
import { Connections } from './connections.tsx';
import { Exporters } from './exporters.tsx';
import { GoogleNotice } from './google-notice.tsx';
import { exporterPause, loadExporters } from './load-exporters.ts';
import { PersonContext, personOf } from './person.ts';
import { callApi, isSignedOut, setCsrfToken, type Trouble, troubleOf, whenSignedOut } from './server-api.ts';
import { SignIn } from './sign-in.tsx';
import { useLoaded } from './use-loaded.ts';

export function App(): JSX.Element {
  const me = useLoaded(
    () => callApi('getMe', {}),
    () => null,
  );
  const { reload } = me;
  useEffect(() => {
    whenSignedOut(() => void reload());
    return () => whenSignedOut(undefined);
  }, [reload]);

  if (isSignedOut(me.trouble?.code)) return <SignIn onReturn={reload} />;
  if (me.trouble !== undefined && me.data === undefined)
    return (
      <main class="page">
        <ProblemBox sentence={me.trouble.sentence} code={me.trouble.code}>
          <button type="button" class="primary" onClick={() => void reload()}>
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
  return <SignedIn me={me.data} onChanged={reload} />;
}

function SignedIn({ me, onChanged }: { me: Me; onChanged: () => Promise<void> }): JSX.Element {
  setCsrfToken(me.csrfToken);
  const connections = useLoaded(
    () => callApi('listConnections', {}),
    () => null,
  );
  const exporters = useLoaded(loadExporters, exporterPause);
  const reloadAll = useCallback(async () => {
    await Promise.all([connections.reload(), exporters.reload()]);
  }, [connections.reload, exporters.reload]);
  const person = useMemo(() => personOf(me, onChanged), [me, onChanged]);
  useEffect(() => {
    document.title = `${me.team.name} · Foliokeep`;
  }, [me.team.name]);
  const [trouble, setTrouble] = useState<Trouble | undefined>(undefined);
  const signOut = async (): Promise<void> => {
    try {
      await callApi('signOut', {});
      setCsrfToken('');
      await onChanged();
    } catch (error) {
      setTrouble(troubleOf(error));
    }
  };
  return (
    <PersonContext.Provider value={person}>
      <header class="top">
        <strong>Foliokeep</strong>
        <span class="who" title={me.email}>
          {me.email}
        </span>
        <button type="button" class="plain" onClick={() => void signOut()}>
          Sign out
        </button>
      </header>
      <main class="page">
        {trouble === undefined ? null : <ProblemBox sentence={trouble.sentence} code={trouble.code} />}
        {person.canEdit ? null : (
          <p class="quiet">You can look at everything here. Owners and editors of this team can change it.</p>
        )}
        {me.google === 'needs-consent' && person.canEdit ? <GoogleNotice /> : null}
        <Connections loaded={connections} onChanged={reloadAll} />
        <Exporters
          loaded={exporters}
          connections={connections.data?.connections}
          onChanged={reloadAll}
          isGoogleReady={me.google === 'ready'}
        />
      </main>
    </PersonContext.Provider>
  );
}
