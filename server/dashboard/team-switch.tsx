/** Which of a person's teams the page is for; not there for those who have one. */
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { callApi, type Trouble, troubleOf } from './server-api.ts';
import { useLoaded } from './use-loaded.ts';

export function TeamSwitch(props: {
  teamName: string;
  onSwitched: () => Promise<void>;
  onTrouble: (trouble: Trouble) => void;
}): JSX.Element {
  const loaded = useLoaded(
    () => callApi('listTeams', {}),
    () => null,
  );
  const [isWorking, setWorking] = useState(false);
  const teams = loaded.data?.teams ?? [];
  if (teams.length < 2) return <span class="team-name">{props.teamName}</span>;
  const change = async (teamId: string): Promise<void> => {
    setWorking(true);
    try {
      await callApi('switchTeam', { params: { teamId } });
      await props.onSwitched();
      await loaded.reload();
    } catch (error) {
      props.onTrouble(troubleOf(error));
    }
    setWorking(false);
  };
  return (
    <select
      class="team-switch"
      aria-label="Team"
      disabled={isWorking}
      value={teams.find(({ isCurrent }) => isCurrent)?.id}
      onChange={(event) => void change(event.currentTarget.value)}
    >
      {teams.map(({ id, name }) => (
        <option key={id} value={id}>
          {name}
        </option>
      ))}
    </select>
  );
}
