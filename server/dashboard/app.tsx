/** The whole dashboard: signed out, or connections and exporters of the person's team. */
import type { ComponentChildren, JSX } from 'preact';
import { useCallback, useEffect, useMemo, useState } from 'preact/hooks';
import type { Me } from '../../shared/contract/person.ts';
import { ProblemBox, Skeleton } from '../../shared/ui/states.tsx';
import { Connections } from './connections.tsx';
import { Exporters } from './exporters.tsx';
import { GoogleNotice } from './google-notice.tsx';
import { invitationIn, JoinDialog } from './join-dialog.tsx';
import { exporterPause, loadExporters } from './load-exporters.ts';
import { NoticesPage } from './notices-page.tsx';
import { PersonContext, personOf } from './person.ts';
import { callApi, isSignedOut, setCsrfToken, type Trouble, troubleOf, whenSignedOut } from './server-api.ts';
import { SignIn } from './sign-in.tsx';
import { TeamPage } from './team-page.tsx';
import { TeamSwitch } from './team-switch.tsx';
import { useLoaded } from './use-loaded.ts';
import { useNamedExporter, usePage } from './use-page.ts';

export function App(): JSX.Element {
  const me = useLoaded(
    () => callApi('getMe', {}),
    () => null,
  );
  const { reload } = me;
  const [token, setToken] = useState(invitationIn(location.hash));
  const forget = (): void => {
    history.replaceState(null, '', location.pathname);
    setToken(undefined);
  };
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
  // Another team is another page: nothing of the one before stays.
  return (
    <SignedIn key={me.data.team.id} me={me.data} onChanged={reload}>
      {token === undefined ? null : (
        <JoinDialog
          token={token}
          email={me.data.email}
          onJoined={() => {
            forget();
            return reload();
          }}
          onClose={forget}
        />
      )}
    </SignedIn>
  );
}

const pages = [
  { id: 'exporters', word: 'Exporters' },
  { id: 'notices', word: 'Notices' },
  { id: 'team', word: 'Team' },
] as const;

function SignedIn(props: {
  me: Me;
  onChanged: () => Promise<void>;
  children: ComponentChildren;
}): JSX.Element {
  const { me, onChanged } = props;
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
  const [page, setPage] = usePage(['exporters', 'notices', 'team']);
  const notices = useLoaded(
    () => callApi('listNotices', { query: { limit: 1 } }),
    () => 30_000,
  );
  useNamedExporter(page === 'exporters' && exporters.data !== undefined);
  const unseen = notices.data?.unseen ?? 0;
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
        <nav aria-label="Pages">
          {pages.map(({ id, word }) => (
            <button
              key={id}
              type="button"
              class="plain"
              aria-current={page === id ? 'page' : undefined}
              onClick={() => setPage(id)}
            >
              {word}
              {id === 'notices' && unseen > 0 ? (
                <span class="badge" title={`${unseen} not seen yet`}>
                  {unseen >= 100 ? '99+' : unseen}
                </span>
              ) : null}
            </button>
          ))}
        </nav>
        <TeamSwitch teamName={me.team.name} onSwitched={onChanged} onTrouble={setTrouble} />
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
        {page === 'team' ? (
          <TeamPage />
        ) : page === 'notices' ? (
          <NoticesPage onSeen={notices.reload} />
        ) : (
          <>
            <Connections loaded={connections} onChanged={reloadAll} />
            <Exporters
              loaded={exporters}
              connections={connections.data?.connections}
              onChanged={reloadAll}
              isGoogleReady={me.google === 'ready'}
            />
          </>
        )}
      </main>
      {props.children}
    </PersonContext.Provider>
  );
}
