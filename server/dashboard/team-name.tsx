/** The team's name, which owners change in its place. */
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { ProblemBox } from '../../shared/ui/states.tsx';
import { callApi, type Trouble, troubleOf } from './server-api.ts';

export function TeamName(props: {
  name: string;
  canRename: boolean;
  onRenamed: () => Promise<void>;
}): JSX.Element {
  const [typed, setTyped] = useState<string | undefined>(undefined);
  const [trouble, setTrouble] = useState<Trouble | undefined>(undefined);
  const [isWorking, setWorking] = useState(false);
  const save = async (): Promise<void> => {
    setWorking(true);
    setTrouble(undefined);
    try {
      await callApi('renameTeam', { body: { name: typed ?? '' } });
      await props.onRenamed();
      setTyped(undefined);
    } catch (error) {
      setTrouble(troubleOf(error));
    }
    setWorking(false);
  };
  if (typed === undefined)
    return (
      <p>
        <span class="name">{props.name}</span>{' '}
        {props.canRename ? (
          <button type="button" class="plain" onClick={() => setTyped(props.name)}>
            Rename team
          </button>
        ) : null}
      </p>
    );
  return (
    <form
      class="stack"
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <label>
        Name of the team
        <input
          type="text"
          value={typed}
          maxLength={120}
          onInput={(event) => setTyped(event.currentTarget.value)}
        />
      </label>
      {trouble === undefined ? null : <ProblemBox sentence={trouble.sentence} code={trouble.code} />}
      <div class="form-actions">
        <button type="submit" class="primary" disabled={isWorking || typed.trim() === ''}>
          {isWorking ? 'Saving' : 'Save name'}
        </button>
        <button type="button" onClick={() => setTyped(undefined)}>
          Keep the old one
        </button>
      </div>
    </form>
  );
}
