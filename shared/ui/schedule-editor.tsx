/** When an exporter runs by itself: cadence, days, time and zone, with the next three times in words while they are chosen. */
import type { JSX } from 'preact';
import type { Cadence, Schedule, ScheduleView } from '../contract/schedule.ts';
import { cadenceWords, withCadence } from './schedule-choice.ts';
import { Choice } from './schedule-control.tsx';
import { CadenceFields, ZoneField } from './schedule-fields.tsx';
import { useSchedulePreview } from './use-schedule-preview.ts';

export function ScheduleEditor(props: {
  schedule: Schedule | null;
  /** The organisation's; taken when none was chosen yet. */
  usualZone: string;
  preview: (schedule: Schedule) => Promise<ScheduleView>;
  onChange: (schedule: Schedule | null) => void;
}): JSX.Element {
  const { schedule, onChange } = props;
  const { view, refusal } = useSchedulePreview(schedule, props.preview);
  return (
    <fieldset class="schedule">
      <legend>Schedule</legend>
      <Choice
        label="Runs"
        value={schedule?.cadence ?? ''}
        options={[['', 'Only when I run it'], ...cadenceWords]}
        onChange={(cadence) =>
          onChange(withCadence(schedule, cadence === '' ? null : (cadence as Cadence), props.usualZone))
        }
      />
      {schedule === null ? null : (
        <>
          <CadenceFields schedule={schedule} refusal={refusal} onChange={onChange} />
          <ZoneField schedule={schedule} refusal={refusal} onChange={onChange} />
          <NextTimes view={view} isRefused={refusal !== undefined} />
        </>
      )}
    </fieldset>
  );
}

/** Read out as they change, but not while a person still types. */
function NextTimes(props: { view: ScheduleView | undefined; isRefused: boolean }): JSX.Element {
  const { view, isRefused } = props;
  return (
    <div class="next-times" role="status">
      {view === undefined ? (
        <p class="quiet">{isRefused ? 'The next times show once this can be kept.' : ''}</p>
      ) : (
        <>
          <p>{view.words}</p>
          <ol aria-label="The next three times">
            {view.next.map(({ at, words }) => (
              <li key={at}>{words}</li>
            ))}
          </ol>
        </>
      )}
    </div>
  );
}
