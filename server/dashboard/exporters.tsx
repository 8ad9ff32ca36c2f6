/** The team's exporters: what each keeps right, how it stands, and the way to run, watch and make one. */
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { ConnectionView } from '../../shared/contract/connection.ts';
import type { ExporterView } from '../../shared/contract/exporter.ts';
import { Icon } from '../../shared/ui/icon.tsx';
import { Empty, ProblemBox, Skeleton } from '../../shared/ui/states.tsx';
import { AddExporter } from './add-exporter.tsx';
import { ExporterRow } from './exporter-row.tsx';
import { callApi, type Trouble, troubleOf } from './server-api.ts';
import { useLoaded } from './use-loaded.ts';

const isMoving = (exporters: readonly ExporterView[]): boolean =>
  exporters.some((one) => one.activeRun !== null);

export function Exporters(props: {
  connections: readonly ConnectionView[];
  onConnectionsChanged: () => Promise<void>;
}): JSX.Element {
  const loaded = useLoaded(
    () => callApi('listExporters', { query: { limit: 200 } }),
    (data) => (data !== undefined && isMoving(data.exporters) ? 1_000 : 15_000),
  );
  const [isAdding, setAdding] = useState(false);
  const [trouble, setTrouble] = useState<Trouble | undefined>(undefined);
  const exporters = loaded.data?.exporters ?? [];
  const usable = props.connections.filter((one) => one.status === 'active');
  const idle = exporters.filter((one) => one.activeRun === null && one.status === 'active');

  const runAll = async (): Promise<void> => {
    setTrouble(undefined);
    try {
      await Promise.all(idle.map((one) => callApi('startRun', { params: { exporterId: one.id }, body: {} })));
    } catch (error) {
      setTrouble(troubleOf(error));
    }
    await loaded.reload();
  };
  const problem = trouble ?? loaded.trouble;

  return (
    <section aria-labelledby="exporters-title">
      <div class="section-head">
        <h2 id="exporters-title">Exporters</h2>
        {exporters.length > 1 ? (
          <button type="button" disabled={idle.length === 0} onClick={() => void runAll()}>
            <Icon name="play" /> Run all now
          </button>
        ) : null}
        {exporters.length > 0 && !isAdding ? (
          <button
            type="button"
            class="primary"
            disabled={usable.length === 0}
            onClick={() => setAdding(true)}
          >
            <Icon name="plus" /> Add exporter
          </button>
        ) : null}
      </div>
      {problem === undefined ? null : <ProblemBox sentence={problem.sentence} code={problem.code} />}
      {loaded.data === undefined && problem === undefined ? <Skeleton lines={4} /> : null}
      {loaded.data !== undefined && exporters.length === 0 && !isAdding ? (
        <Empty
          sentence={
            usable.length === 0
              ? 'Exporters appear here once an organisation is connected.'
              : 'An exporter keeps one tab right.'
          }
          example="For example all invoices of this organisation, one row each."
        >
          {usable.length === 0 ? null : (
            <button type="button" class="primary" onClick={() => setAdding(true)}>
              Add exporter
            </button>
          )}
        </Empty>
      ) : null}
      {isAdding ? (
        <AddExporter
          connections={usable}
          onDone={() => {
            setAdding(false);
            void loaded.reload();
            void props.onConnectionsChanged();
          }}
        />
      ) : null}
      <ul class="rows">
        {exporters.map((exporter) => (
          <ExporterRow key={exporter.id} exporter={exporter} onChanged={loaded.reload} />
        ))}
      </ul>
    </section>
  );
}
