/** The team's exporters: what each keeps right, how it stands, and the way to run, watch and make one. */
import type { JSX } from 'preact';
import { useContext, useState } from 'preact/hooks';
import type { ConnectionView } from '../../shared/contract/connection.ts';
import type { ExporterView } from '../../shared/contract/exporter.ts';
import { Icon } from '../../shared/ui/icon.tsx';
import { Empty, ProblemBox, Skeleton } from '../../shared/ui/states.tsx';
import { AddExporter } from './add-exporter.tsx';
import { ExporterList } from './exporter-list.tsx';
import { PersonContext } from './person.ts';
import { callApi, type Trouble, troubleOf } from './server-api.ts';
import { useConsent } from './use-consent.ts';
import type { Loaded } from './use-loaded.ts';

/** So many are started at once; the rest follow. */
const startedTogether = 5;

export function Exporters(props: {
  loaded: Loaded<ExporterView[]>;
  /** Undefined until they are known. */
  connections: readonly ConnectionView[] | undefined;
  onChanged: () => Promise<void>;
  isGoogleReady: boolean;
}): JSX.Element {
  const { canEdit } = useContext(PersonContext);
  const { loaded, onChanged } = props;
  const [adding, setAdding] = useState<'nothing' | 'new' | ExporterView>('nothing');
  const [trouble, setTrouble] = useState<Trouble | undefined>(undefined);
  const consent = useConsent(onChanged);
  const exporters = loaded.data ?? [];
  const usable = (props.connections ?? []).filter((one) => one.status === 'active');
  const idle = exporters.filter((one) => one.activeRun === null && one.status === 'active');
  const isAdding = adding !== 'nothing';
  // One next step: what needs the person comes first.
  const isCalm =
    usable.length > 0 && props.connections?.every((one) => one.status !== 'needs-reconnect') === true;
  const canAdd = usable.length > 0 && props.isGoogleReady;

  const runAll = async (): Promise<void> => {
    setTrouble(undefined);
    try {
      for (let from = 0; from < idle.length; from += startedTogether)
        await Promise.all(
          idle
            .slice(from, from + startedTogether)
            .map((one) => callApi('startRun', { params: { exporterId: one.id }, body: {} })),
        );
    } catch (error) {
      setTrouble(troubleOf(error));
    }
    await loaded.reload();
  };
  const problem = trouble ?? consent.trouble ?? loaded.trouble;

  return (
    <section aria-labelledby="exporters-title">
      <div class="section-head">
        <h2 id="exporters-title">Exporters</h2>
        {exporters.length > 1 && canEdit ? (
          <button type="button" disabled={idle.length === 0} onClick={() => void runAll()}>
            <Icon name="play" /> Run all now
          </button>
        ) : null}
        {exporters.length > 0 && !isAdding && canEdit ? (
          <button
            type="button"
            class={isCalm ? 'primary' : ''}
            disabled={!canAdd}
            onClick={() => setAdding('new')}
          >
            <Icon name="plus" /> Add exporter
          </button>
        ) : null}
      </div>
      {problem === undefined ? null : <ProblemBox sentence={problem.sentence} code={problem.code} />}
      {loaded.data === undefined && problem === undefined ? <Skeleton lines={4} /> : null}
      {loaded.data !== undefined && props.connections !== undefined && exporters.length === 0 && !isAdding ? (
        <Empty
          sentence={
            usable.length === 0
              ? 'Exporters appear here once an organisation is connected.'
              : 'An exporter keeps one tab right.'
          }
          example="For example all invoices of an organisation, one row each."
        >
          {canAdd && canEdit ? (
            <button type="button" class="primary" onClick={() => setAdding('new')}>
              Add exporter
            </button>
          ) : null}
        </Empty>
      ) : null}
      {isAdding ? (
        <AddExporter
          key={adding === 'new' ? 'new' : adding.id}
          connections={usable}
          replaces={adding === 'new' ? undefined : adding}
          onDone={() => {
            setAdding('nothing');
            void onChanged();
          }}
        />
      ) : null}
      <ExporterList
        exporters={exporters}
        onChanged={onChanged}
        onReconnect={(connectionId) => void consent.connect(connectionId)}
        onWriteElsewhere={setAdding}
      />
    </section>
  );
}
