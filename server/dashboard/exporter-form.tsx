/** What an exporter writes: the few things everybody chooses, its schedule, then columns, filters and a look at the rows, folded. */
import type { ComponentChildren, JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { DatasetView } from '../../shared/contract/catalogue.ts';
import { ScheduleEditor } from '../../shared/ui/schedule-editor.tsx';
import { ProblemBox } from '../../shared/ui/states.tsx';
import { sayCount } from '../../shared/ui/when.ts';
import { ColumnChooser } from './column-chooser.tsx';
import { type Choice, defaultColumns, meantFilters } from './exporter-choice.ts';
import { FilterEditor } from './filter-editor.tsx';
import { Preview } from './preview.tsx';
import { callApi, type Trouble } from './server-api.ts';

export interface FormProps {
  title: string;
  dataset: DatasetView | undefined;
  choice: Choice;
  /** The organisation's time zone. */
  usualZone: string;
  onChange: (choice: Choice) => void;
  /** What stands above name and parameters. */
  children?: ComponentChildren;
  /** What stands below everything else. */
  more?: ComponentChildren;
  save: { word: string; workingWord: string; isWorking: boolean; trouble: Trouble | undefined };
  onSave: () => void;
  onCancel: () => void;
}

export function ExporterForm(props: FormProps): JSX.Element {
  const { dataset, choice, onChange, save } = props;
  const filters = meantFilters(choice.filters);
  return (
    <form
      class="card"
      aria-label={props.title}
      onSubmit={(event) => {
        event.preventDefault();
        if (!save.isWorking) props.onSave();
      }}
    >
      <h3>{props.title}</h3>
      {props.children}
      <label>
        Name
        <input
          type="text"
          value={choice.name}
          maxLength={120}
          required
          onInput={(event) => onChange({ ...choice, name: event.currentTarget.value })}
        />
      </label>
      {dataset?.params.map((param) => (
        <label key={param.name}>
          {param.label}
          <select
            value={choice.params[param.name] ?? param.default}
            onChange={(event) =>
              onChange({ ...choice, params: { ...choice.params, [param.name]: event.currentTarget.value } })
            }
          >
            {param.options.map((option) => (
              <option key={option.value} value={option.value}>
                {option.label}
              </option>
            ))}
          </select>
        </label>
      ))}
      <ScheduleEditor
        schedule={choice.schedule}
        usualZone={props.usualZone}
        preview={(schedule) => callApi('previewSchedule', { body: { schedule } })}
        onChange={(schedule) => onChange({ ...choice, schedule })}
      />
      {dataset === undefined || dataset.columns.length === 0 ? null : (
        <Fold
          title="Choose columns"
          note={`${sayCount((choice.columns ?? defaultColumns(dataset)).length)} of ${sayCount(dataset.columns.length)}`}
        >
          <ColumnChooser
            dataset={dataset}
            columns={choice.columns}
            onChange={(columns) => onChange({ ...choice, columns })}
          />
        </Fold>
      )}
      {dataset === undefined || dataset.params.length > 0 ? null : (
        <Fold
          title="Filter rows"
          note={filters.length === 0 ? 'All rows' : sayCount(filters.length, 'filter')}
        >
          <FilterEditor
            dataset={dataset}
            filters={choice.filters}
            refused={save.trouble?.field}
            onChange={(next) => onChange({ ...choice, filters: next })}
          />
        </Fold>
      )}
      <Fold title="Preview" note="First rows">
        <Preview choice={choice} />
      </Fold>
      {props.more}
      {save.trouble === undefined ? null : (
        <ProblemBox sentence={save.trouble.sentence} code={save.trouble.code} />
      )}
      <div class="form-actions">
        <button type="submit" class="primary" disabled={save.isWorking || choice.name.trim() === ''}>
          {save.isWorking ? save.workingWord : save.word}
        </button>
        <button type="button" onClick={props.onCancel}>
          Cancel
        </button>
      </div>
    </form>
  );
}

/** What is inside is made when it is first opened. */
export function Fold(props: { title: string; note: string; children: ComponentChildren }): JSX.Element {
  const [isOpen, setOpen] = useState(false);
  return (
    <details class="fold" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        <span>{props.title}</span> <span class="quiet">{props.note}</span>
      </summary>
      {isOpen ? props.children : null}
    </details>
  );
}
