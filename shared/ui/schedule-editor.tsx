/** When an exporter runs by itself: cadence, days, time and zone, with the next three times in words while they are chosen. */
import type { ComponentChildren, JSX } from 'preact';
import { useEffect, useId, useRef, useState } from 'preact/hooks';
import { ApiError } from '../client.ts';
import type { Cadence, Schedule, ScheduleView } from '../contract/schedule.ts';
import {
  cadenceWords,
  dayWords,
  hourWords,
  monthDayWords,
  placeOf,
  withCadence,
  withDay,
  workingDayWords,
  zoneGroups,
} from './schedule-choice.ts';

/** A person types on; the server is asked once they rest. */
const restMs = 250;

interface Refusal {
  /** Below `schedule`, e.g. `at`. */
  field: string;
  sentence: string;
}

export function ScheduleEditor(props: {
  schedule: Schedule | null;
  /** The organisation's; taken when none was chosen yet. */
  usualZone: string;
  preview: (schedule: Schedule) => Promise<ScheduleView>;
  onChange: (schedule: Schedule | null) => void;
}): JSX.Element {
  const { schedule, onChange } = props;
  const { view, refusal } = usePreview(schedule, props.preview);
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

interface FieldProps<S extends Schedule = Schedule> {
  schedule: S;
  refusal: Refusal | undefined;
  onChange: (schedule: Schedule) => void;
}

function CadenceFields({ schedule, refusal, onChange }: FieldProps): JSX.Element {
  switch (schedule.cadence) {
    case 'hourly':
      return (
        <Field label="Minutes past the hour" name="minute" refusal={refusal}>
          {(attributes) => (
            <input
              {...attributes}
              type="number"
              min={0}
              max={59}
              value={Number.isNaN(schedule.minute) ? '' : schedule.minute}
              onInput={(event) => onChange({ ...schedule, minute: event.currentTarget.valueAsNumber })}
            />
          )}
        </Field>
      );
    case 'every-hours':
      return (
        <div class="pair">
          <Choice
            label="Every"
            value={String(schedule.hours)}
            options={hourWords}
            onChange={(hours) => onChange({ ...schedule, hours: Number(hours) as typeof schedule.hours })}
          />
          <TimeField label="Counted from" schedule={schedule} refusal={refusal} onChange={onChange} />
        </div>
      );
    case 'daily':
    case 'weekdays':
      return <TimeField label="At" schedule={schedule} refusal={refusal} onChange={onChange} />;
    case 'weekly':
      return (
        <>
          <DaysField schedule={schedule} refusal={refusal} onChange={onChange} />
          <TimeField label="At" schedule={schedule} refusal={refusal} onChange={onChange} />
        </>
      );
    case 'monthly':
      return (
        <>
          <div class="pair">
            <Choice
              label="On"
              value={String(schedule.day)}
              options={monthDayWords}
              onChange={(day) => onChange({ ...schedule, day: day === 'last' ? day : Number(day) })}
            />
            <TimeField label="At" schedule={schedule} refusal={refusal} onChange={onChange} />
          </div>
          {schedule.day !== 'last' && schedule.day > 28 ? (
            <p class="quiet">A month without this day runs on its last day.</p>
          ) : null}
        </>
      );
    case 'working-day':
      return (
        <>
          <div class="pair">
            <Choice
              label="On"
              value={String(schedule.nth)}
              options={workingDayWords}
              onChange={(nth) => onChange({ ...schedule, nth: nth === 'last' ? nth : Number(nth) })}
            />
            <TimeField label="At" schedule={schedule} refusal={refusal} onChange={onChange} />
          </div>
          <p class="quiet">Working days are Monday to Friday. Public holidays are not left out.</p>
        </>
      );
    case 'cron':
      return (
        <>
          <Field label="Cron expression" name="expression" refusal={refusal}>
            {(attributes) => (
              <input
                {...attributes}
                type="text"
                class="code"
                spellcheck={false}
                autocomplete="off"
                maxLength={100}
                value={schedule.expression}
                onInput={(event) => onChange({ ...schedule, expression: event.currentTarget.value })}
              />
            )}
          </Field>
          <p class="quiet">Minute, hour, day of the month, month, day of the week; L is the last day.</p>
        </>
      );
  }
}

function DaysField(props: FieldProps<Extract<Schedule, { cadence: 'weekly' }>>): JSX.Element {
  const { schedule, refusal, onChange } = props;
  const id = useId();
  return (
    <div class="stack-tight">
      <fieldset class="days" aria-describedby={refusal?.field === 'days' ? id : undefined}>
        <legend>On</legend>
        {dayWords.map(([day, short, name]) => (
          <label key={day} class="day" title={name}>
            <input
              type="checkbox"
              aria-label={name}
              checked={schedule.days.includes(day)}
              onChange={(event) =>
                onChange({ ...schedule, days: withDay(schedule.days, day, event.currentTarget.checked) })
              }
            />
            {short}
          </label>
        ))}
      </fieldset>
      <Problem id={id} name="days" refusal={refusal} />
    </div>
  );
}

function TimeField(props: FieldProps<Extract<Schedule, { at: string }>> & { label: string }): JSX.Element {
  const { schedule, refusal, onChange } = props;
  return (
    <Field label={props.label} name="at" refusal={refusal}>
      {(attributes) => (
        <input
          {...attributes}
          type="time"
          value={schedule.at}
          onInput={(event) => onChange({ ...schedule, at: event.currentTarget.value })}
        />
      )}
    </Field>
  );
}

function ZoneField({ schedule, refusal, onChange }: FieldProps): JSX.Element {
  return (
    <Field label="Time zone" name="zone" refusal={refusal}>
      {(attributes) => (
        <select
          {...attributes}
          value={schedule.zone}
          onChange={(event) => onChange({ ...schedule, zone: event.currentTarget.value })}
        >
          {zoneGroups(schedule.zone).map(([part, zones]) => (
            <optgroup key={part} label={part}>
              {zones.map((zone) => (
                <option key={zone} value={zone}>
                  {placeOf(zone)}
                </option>
              ))}
            </optgroup>
          ))}
        </select>
      )}
    </Field>
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

function Choice(props: {
  label: string;
  value: string;
  options: ReadonlyArray<readonly [string, string]>;
  onChange: (value: string) => void;
}): JSX.Element {
  return (
    <label>
      {props.label}
      <select value={props.value} onChange={(event) => props.onChange(event.currentTarget.value)}>
        {props.options.map(([value, word]) => (
          <option key={value} value={value}>
            {word}
          </option>
        ))}
      </select>
    </label>
  );
}

interface ControlAttributes {
  id: string;
  'aria-invalid': 'true' | 'false';
  'aria-describedby': string | undefined;
}

/** A labelled control that says itself what is wrong with it. */
function Field(props: {
  label: string;
  name: string;
  refusal: Refusal | undefined;
  children: (attributes: ControlAttributes) => ComponentChildren;
}): JSX.Element {
  const id = useId();
  const isRefused = props.refusal?.field === props.name;
  return (
    <div class="stack-tight">
      <label for={id}>{props.label}</label>
      {props.children({
        id,
        'aria-invalid': isRefused ? 'true' : 'false',
        'aria-describedby': isRefused ? `${id}-problem` : undefined,
      })}
      <Problem id={`${id}-problem`} name={props.name} refusal={props.refusal} />
    </div>
  );
}

function Problem(props: { id: string; name: string; refusal: Refusal | undefined }): JSX.Element | null {
  if (props.refusal?.field !== props.name) return null;
  return (
    <p class="field-problem" id={props.id} role="alert">
      {props.refusal.sentence}
    </p>
  );
}

/** What the server says of the schedule as it stands. The last answer stays until the next one, unless it is refused. */
function usePreview(
  schedule: Schedule | null,
  preview: (schedule: Schedule) => Promise<ScheduleView>,
): { view: ScheduleView | undefined; refusal: Refusal | undefined } {
  const [view, setView] = useState<ScheduleView | undefined>(undefined);
  const [refusal, setRefusal] = useState<Refusal | undefined>(undefined);
  const newest = useRef(preview);
  newest.current = preview;
  const text = JSON.stringify(schedule);
  useEffect(() => {
    if (schedule === null) return;
    let isOver = false;
    const timer = setTimeout(async () => {
      try {
        const answer = await newest.current(schedule);
        if (isOver) return;
        setView(answer);
        setRefusal(undefined);
      } catch (error) {
        // What is unreachable says so elsewhere on the page; the times come with the next change.
        if (isOver || !(error instanceof ApiError)) return;
        setView(undefined);
        setRefusal(refusalOf(error));
      }
    }, restMs);
    return () => {
      isOver = true;
      clearTimeout(timer);
    };
  }, [text]);
  return { view, refusal };
}

/** "schedule.at: must be a time such as 07:00" → the field `at` with "Must be a time such as 07:00." */
function refusalOf({ problem: { detail, field = '' } }: ApiError): Refusal {
  const plain = detail.startsWith(`${field}: `) ? detail.slice(field.length + 2) : detail;
  const sentence = `${plain.charAt(0).toUpperCase()}${plain.slice(1)}`;
  const [, name = ''] = field.split('.');
  return { field: name, sentence: sentence.endsWith('.') ? sentence : `${sentence}.` };
}
