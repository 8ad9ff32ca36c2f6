/** Who hears of an exporter and what, as a part of its settings; saved with them. */
import type { JSX } from 'preact';
import type { ExporterNoticesView } from '../../shared/contract/notice.ts';
import { ProblemBox, Skeleton } from '../../shared/ui/states.tsx';
import { callApi, type Trouble } from './server-api.ts';
import { useLoaded } from './use-loaded.ts';
import { WishesEditor } from './wishes-editor.tsx';

export interface NoticesEdit {
  people: string[];
  channels: string[];
  on: ExporterNoticesView['on'];
}

/** `edit` is undefined until something was changed. */
export function ExporterNotices(props: {
  exporterId: string;
  edit: NoticesEdit | undefined;
  onChange: (edit: NoticesEdit) => void;
}): JSX.Element {
  const loaded = useLoaded(
    () => callApi('getExporterNotices', { params: { exporterId: props.exporterId } }),
    () => null,
  );
  if (loaded.data === undefined)
    return loaded.trouble === undefined ? <Skeleton lines={3} /> : <Problem trouble={loaded.trouble} />;
  const { people, channels } = loaded.data;
  const edit = props.edit ?? editOf(loaded.data);
  const toggled = (ids: readonly string[], id: string, isOn: boolean): string[] =>
    isOn ? [...ids, id] : ids.filter((one) => one !== id);
  return (
    <div class="stack">
      <fieldset class="wishes">
        <legend>By mail</legend>
        {people.map(({ userId, name, email }) => (
          <label key={userId} class="check">
            <input
              type="checkbox"
              checked={edit.people.includes(userId)}
              onChange={(event) =>
                props.onChange({ ...edit, people: toggled(edit.people, userId, event.currentTarget.checked) })
              }
            />
            <span title={email}>
              {name} <span class="quiet">{email}</span>
            </span>
          </label>
        ))}
      </fieldset>
      {channels.length === 0 ? null : (
        <fieldset class="wishes">
          <legend>Channels</legend>
          {channels.map(({ id, name, isForAll }) => (
            <label key={id} class="check">
              <input
                type="checkbox"
                checked={isForAll || edit.channels.includes(id)}
                disabled={isForAll}
                onChange={(event) =>
                  props.onChange({
                    ...edit,
                    channels: toggled(edit.channels, id, event.currentTarget.checked),
                  })
                }
              />
              <span>
                {name} {isForAll ? <span class="quiet">hears of every exporter</span> : null}
              </span>
            </label>
          ))}
        </fieldset>
      )}
      <WishesEditor title="They hear when" on={edit.on} onChange={(on) => props.onChange({ ...edit, on })} />
    </div>
  );
}

const editOf = ({ people, channels, on }: ExporterNoticesView): NoticesEdit => ({
  people: people.filter(({ isChosen }) => isChosen).map(({ userId }) => userId),
  channels: channels.filter(({ isChosen }) => isChosen).map(({ id }) => id),
  on,
});

const Problem = ({ trouble }: { trouble: Trouble }): JSX.Element => (
  <ProblemBox sentence={trouble.sentence} code={trouble.code} />
);
