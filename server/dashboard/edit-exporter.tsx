/** Changes the name, columns, filters, parameters and schedule of an exporter; the next run writes them. */
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { ExporterView } from '../../shared/contract/exporter.ts';
import { ProblemBox, Skeleton } from '../../shared/ui/states.tsx';
import { choiceOf, meantFilters, usualZoneOf } from './exporter-choice.ts';
import { ExporterForm, Fold } from './exporter-form.tsx';
import { ExporterNotices, type NoticesEdit } from './exporter-notices.tsx';
import { callApi, type Trouble, troubleOf } from './server-api.ts';
import { useLoaded } from './use-loaded.ts';

export function EditExporter(props: {
  exporter: ExporterView;
  /** True when something was changed. */
  onDone: (isChanged: boolean) => void;
}): JSX.Element {
  const { exporter, onDone } = props;
  const catalogue = useLoaded(
    () => callApi('getCatalogue', { query: { connectionId: exporter.connectionId } }),
    () => null,
  );
  const [choice, setChoice] = useState(() => choiceOf(exporter));
  const [trouble, setTrouble] = useState<Trouble | undefined>(undefined);
  const [isWorking, setWorking] = useState(false);
  const [notices, setNotices] = useState<NoticesEdit | undefined>(undefined);
  const dataset = catalogue.data?.datasets.find((one) => one.id === choice.dataset);

  const save = async (): Promise<void> => {
    setWorking(true);
    setTrouble(undefined);
    try {
      const { name, params, columns, filters, schedule } = choice;
      await callApi('editExporter', {
        params: { exporterId: exporter.id },
        body: { name, params, columns, filters: meantFilters(filters), schedule },
      });
      if (notices !== undefined)
        await callApi('editExporterNotices', { params: { exporterId: exporter.id }, body: notices });
      onDone(true);
    } catch (error) {
      setTrouble(troubleOf(error));
      setWorking(false);
    }
  };

  if (catalogue.data === undefined)
    return catalogue.trouble === undefined ? (
      <Skeleton lines={5} />
    ) : (
      <ProblemBox sentence={catalogue.trouble.sentence} code={catalogue.trouble.code}>
        <button type="button" onClick={() => void catalogue.reload()}>
          Try again
        </button>
      </ProblemBox>
    );
  return (
    <ExporterForm
      title={`Edit ${exporter.name}`}
      dataset={dataset}
      choice={choice}
      usualZone={usualZoneOf(exporter)}
      onChange={setChoice}
      save={{ word: 'Save changes', workingWord: 'Saving', isWorking, trouble }}
      onSave={() => void save()}
      onCancel={() => onDone(false)}
      more={
        <Fold title="Notices" note="Who hears of it">
          <ExporterNotices exporterId={exporter.id} edit={notices} onChange={setNotices} />
        </Fold>
      }
    >
      <p class="quiet">The next run writes what you change here.</p>
    </ExporterForm>
  );
}
