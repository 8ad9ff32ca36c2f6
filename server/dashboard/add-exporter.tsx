/** Makes an exporter in one short form: which organisation, what, into which spreadsheet. Run follows at once. */
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { DatasetView } from '../../shared/contract/catalogue.ts';
import type { ConnectionView } from '../../shared/contract/connection.ts';
import { ProblemBox, Skeleton } from '../../shared/ui/states.tsx';
import { callApi, type Trouble, troubleOf } from './server-api.ts';
import { useLoaded } from './use-loaded.ts';

const newSpreadsheet = 'new';

export function AddExporter(props: {
  connections: readonly ConnectionView[];
  onDone: () => void;
}): JSX.Element {
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
  if (choices.data === undefined) return <Skeleton lines={5} />;
  return <Form {...props} datasets={choices.data.datasets} spreadsheets={choices.data.spreadsheets} />;
}

function Form(props: {
  connections: readonly ConnectionView[];
  datasets: readonly DatasetView[];
  spreadsheets: ReadonlyArray<{ id: string; title: string }>;
  onDone: () => void;
}): JSX.Element {
  const { connections, datasets, spreadsheets, onDone } = props;
  const [connectionId, setConnectionId] = useState(connections[0]?.id ?? '');
  const [dataset, setDataset] = useState(datasets[0]?.id ?? '');
  const [spreadsheetId, setSpreadsheetId] = useState(spreadsheets[0]?.id ?? newSpreadsheet);
  const [trouble, setTrouble] = useState<Trouble | undefined>(undefined);
  const [isSaving, setSaving] = useState(false);
  const chosen = datasets.find((one) => one.id === dataset);
  const organisation = connections.find((one) => one.id === connectionId);
  const groups = [...new Set(datasets.map((one) => one.group))];

  const save = async (): Promise<void> => {
    setSaving(true);
    setTrouble(undefined);
    try {
      const id =
        spreadsheetId === newSpreadsheet
          ? (await callApi('createSpreadsheet', { body: { title: organisation?.name ?? 'Xero' } })).id
          : spreadsheetId;
      const exporter = await callApi('createExporter', {
        body: { name: chosen?.label ?? dataset, connectionId, dataset, destination: { spreadsheetId: id } },
      });
      await callApi('startRun', { params: { exporterId: exporter.id }, body: {} });
      onDone();
    } catch (error) {
      setTrouble(troubleOf(error));
      setSaving(false);
    }
  };

  return (
    <form
      class="card"
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <label>
        Organisation
        <select value={connectionId} onChange={(event) => setConnectionId(event.currentTarget.value)}>
          {connections.map((one) => (
            <option key={one.id} value={one.id}>
              {one.name}
            </option>
          ))}
        </select>
      </label>
      <label>
        What to write
        <select value={dataset} onChange={(event) => setDataset(event.currentTarget.value)}>
          {groups.map((group) => (
            <optgroup key={group} label={group}>
              {datasets
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
      <p class="quiet">{chosen?.description ?? ''}</p>
      <label>
        Spreadsheet
        <select value={spreadsheetId} onChange={(event) => setSpreadsheetId(event.currentTarget.value)}>
          {spreadsheets.map((one) => (
            <option key={one.id} value={one.id}>
              {one.title}
            </option>
          ))}
          <option value={newSpreadsheet}>A new spreadsheet</option>
        </select>
      </label>
      <p class="quiet">The rows go to a new tab. Nothing that is in the spreadsheet now is changed.</p>
      {trouble === undefined ? null : <ProblemBox sentence={trouble.sentence} code={trouble.code} />}
      <div class="form-actions">
        <button type="submit" class="primary" disabled={isSaving || connectionId === '' || dataset === ''}>
          {isSaving ? 'Adding exporter' : 'Add exporter and run it'}
        </button>
        <button type="button" onClick={onDone}>
          Cancel
        </button>
      </div>
    </form>
  );
}
