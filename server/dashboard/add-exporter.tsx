/** Makes an exporter in one short form: which organisation, what, into which spreadsheet, when. Its first run follows at once. */
import type { JSX } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { DatasetView } from '../../shared/contract/catalogue.ts';
import type { ConnectionView } from '../../shared/contract/connection.ts';
import type { ExporterView } from '../../shared/contract/exporter.ts';
import { usualSchedule } from '../../shared/ui/schedule-choice.ts';
import { ProblemBox, Skeleton } from '../../shared/ui/states.tsx';
import {
  choiceOf,
  firstChoice,
  meantFilters,
  usualZoneOf,
  withDataset,
  withOrganisation,
} from './exporter-choice.ts';
import { ExporterForm } from './exporter-form.tsx';
import { callApi, type Trouble, troubleOf } from './server-api.ts';
import { useLoaded } from './use-loaded.ts';

const newSpreadsheet = 'new';

interface Props {
  connections: readonly ConnectionView[];
  /** An exporter whose place can be written no more: the new one takes its choices and its name, and then its place. */
  replaces: ExporterView | undefined;
  onDone: () => void;
}

export function AddExporter(props: Props): JSX.Element {
  const choices = useLoaded(
    async () => ({
      ...(await callApi('getCatalogue', {})),
      ...(await callApi('listSpreadsheets', {})),
    }),
    () => null,
  );
  if (choices.trouble !== undefined && choices.data === undefined)
    return (
      <ProblemBox sentence={choices.trouble.sentence} code={choices.trouble.code}>
        <button type="button" onClick={() => void choices.reload()}>
          Try again
        </button>
      </ProblemBox>
    );
  if (choices.data === undefined)
    return (
      <div class="card form-room">
        <Skeleton lines={6} />
      </div>
    );
  return <Form {...props} datasets={choices.data.datasets} spreadsheets={choices.data.spreadsheets} />;
}

function Form(
  props: Props & {
    datasets: readonly DatasetView[];
    spreadsheets: ReadonlyArray<{ id: string; title: string }>;
  },
): JSX.Element {
  const { connections, replaces, datasets, spreadsheets, onDone } = props;
  const [choice, setChoice] = useState(() =>
    replaces === undefined
      ? firstChoice(datasets[0], connections[0]?.id ?? '', usualSchedule(usualZoneOf(connections[0])))
      : choiceOf(replaces),
  );
  const [spreadsheetId, setSpreadsheetId] = useState(spreadsheets[0]?.id ?? newSpreadsheet);
  const [trouble, setTrouble] = useState<Trouble | undefined>(undefined);
  const [isWorking, setWorking] = useState(false);
  const dataset = datasets.find((one) => one.id === choice.dataset);
  const organisation = connections.find((one) => one.id === choice.connectionId);
  const first = useRef<HTMLSelectElement>(null);
  // Before the form is painted: who types at once types into it.
  useLayoutEffect(() => first.current?.focus(), []);

  const save = async (): Promise<void> => {
    setWorking(true);
    setTrouble(undefined);
    try {
      let id = spreadsheetId;
      if (id === newSpreadsheet) {
        id = (await callApi('createSpreadsheet', { body: { title: organisation?.name ?? 'Xero' } })).id;
        // Were the next call refused, saving again would make a second spreadsheet.
        setSpreadsheetId(id);
      }
      const exporter = await callApi('createExporter', {
        body: { ...choice, filters: meantFilters(choice.filters), destination: { spreadsheetId: id } },
      });
      if (replaces !== undefined) await callApi('deleteExporter', { params: { exporterId: replaces.id } });
      await callApi('startRun', { params: { exporterId: exporter.id }, body: {} });
      onDone();
    } catch (error) {
      setTrouble(troubleOf(error));
      setWorking(false);
    }
  };

  const isKnown = spreadsheetId === newSpreadsheet || spreadsheets.some((one) => one.id === spreadsheetId);
  return (
    <ExporterForm
      title={replaces === undefined ? 'Add exporter' : `Write ${replaces.name} elsewhere`}
      dataset={dataset}
      choice={choice}
      usualZone={usualZoneOf(organisation)}
      onChange={setChoice}
      save={{
        word: replaces === undefined ? 'Add exporter and run it' : 'Write there and run it',
        workingWord: replaces === undefined ? 'Adding exporter' : 'Saving',
        isWorking,
        trouble,
      }}
      onSave={() => void save()}
      onCancel={onDone}
    >
      {replaces === undefined ? (
        <>
          <label>
            Organisation
            <select
              ref={first}
              value={choice.connectionId}
              onChange={(event) => {
                const next = connections.find((one) => one.id === event.currentTarget.value);
                if (next !== undefined) setChoice(withOrganisation(choice, organisation, next));
              }}
            >
              {connections.map((one) => (
                <option key={one.id} value={one.id}>
                  {one.name}
                </option>
              ))}
            </select>
          </label>
          <div class="stack-tight">
            <DatasetSelect
              datasets={datasets}
              value={choice.dataset}
              onChange={(next) => setChoice(withDataset(choice, dataset, next))}
            />
            <p class="quiet">{dataset?.description ?? ''}</p>
          </div>
        </>
      ) : (
        <p>
          {replaces.name} of {replaces.organisation} goes to a new tab, with the same columns and filters.
          What the old tab holds stays.
        </p>
      )}
      <div class="stack-tight">
        <label>
          Spreadsheet
          <select value={spreadsheetId} onChange={(event) => setSpreadsheetId(event.currentTarget.value)}>
            {spreadsheets.map((one) => (
              <option key={one.id} value={one.id}>
                {one.title}
              </option>
            ))}
            {isKnown ? null : <option value={spreadsheetId}>The spreadsheet just made</option>}
            <option value={newSpreadsheet}>A new spreadsheet</option>
          </select>
        </label>
        <p class="quiet">The rows go to a new tab. Nothing that is in the spreadsheet now is changed.</p>
      </div>
    </ExporterForm>
  );
}

function DatasetSelect(props: {
  datasets: readonly DatasetView[];
  value: string;
  onChange: (dataset: DatasetView) => void;
}): JSX.Element {
  const groups = [...new Set(props.datasets.map((one) => one.group))];
  return (
    <label>
      What to write
      <select
        value={props.value}
        onChange={(event) => {
          const next = props.datasets.find((one) => one.id === event.currentTarget.value);
          if (next !== undefined) props.onChange(next);
        }}
      >
        {groups.map((group) => (
          <optgroup key={group} label={group}>
            {props.datasets
              .filter((one) => one.group === group)
              .map((one) => (
                <option key={one.id} value={one.id}>
                  {one.label}
                </option>
              ))}
          </optgroup>
        ))}
      </select>
    </label>
  );
}
