/** What each cadence asks for, and the zone that all of them have. */
import type { JSX } from 'preact';
import { useId } from 'preact/hooks';
import type { Schedule } from '../contract/schedule.ts';
import {
  dayWords,
  hourWords,
  monthDayWords,
  placeOf,
  withDay,
  workingDayWords,
  zoneGroups,
} from './schedule-choice.ts';
import { Choice, Field, Problem } from './schedule-control.tsx';
import type { Refusal } from './use-schedule-preview.ts';

interface FieldProps<S extends Schedule = Schedule> {
  schedule: S;
  refusal: Refusal | undefined;
  onChange: (schedule: Schedule) => void;
}

export function CadenceFields({ schedule, refusal, onChange }: FieldProps): JSX.Element {
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

export function ZoneField({ schedule, refusal, onChange }: FieldProps): JSX.Element {
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
