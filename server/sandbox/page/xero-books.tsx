/** The books of a sandbox organisation: look, change a record as a bookkeeper would, then run the exporter again. */
import type { JSX } from 'preact';
import { useCallback, useEffect, useState } from 'preact/hooks';
import { sayAmount } from '../../../shared/ui/amount.ts';
import { Icon } from '../../../shared/ui/icon.tsx';
import { Empty, ProblemBox, Skeleton } from '../../../shared/ui/states.tsx';
import { sayCount } from '../../../shared/ui/when.ts';
import type { RecordSummary } from '../xero/control/list-records.ts';
import { ask, askXero, sayTrouble } from './playground-api.ts';
import { type Kind, kinds, RecordAction } from './record-action.tsx';

interface Organisation {
  tenantId: string;
  name: string;
  baseCurrency: string;
}
const pageSize = 50;

export function XeroBooks(): JSX.Element {
  const [organisations, setOrganisations] = useState<Organisation[]>([]);
  const [organisation, setOrganisation] = useState('');
  const [kind, setKind] = useState<Kind>('invoices');
  const [search, setSearch] = useState('');
  const [page, setPage] = useState(1);
  const [found, setFound] = useState<{ rows: RecordSummary[]; total: number } | undefined>(undefined);
  const [said, setSaid] = useState('');
  const [trouble, setTrouble] = useState<string | undefined>(undefined);

  useEffect(() => {
    ask<{ organisations: Organisation[] }>('/sandbox/xero/state')
      .then((state) => {
        setOrganisations(state.organisations);
        setOrganisation((chosen) => chosen || (state.organisations[0]?.tenantId ?? ''));
      })
      .catch((error: unknown) => setTrouble(sayTrouble(error)));
  }, []);
  const load = useCallback(async () => {
    if (organisation === '') return;
    setFound(await askXero('listRecords', { organisation, resource: kind, page, pageSize, search }));
  }, [organisation, kind, page, search]);
  useEffect(() => {
    load().catch((error: unknown) => setTrouble(sayTrouble(error)));
  }, [load]);

  const act = (what: string, action: string, input: object) => async (): Promise<void> => {
    setTrouble(undefined);
    try {
      await askXero(action, { organisation, ...input });
      setSaid(`${what}. Run an exporter to see only that change arrive.`);
      await load();
    } catch (error) {
      setTrouble(sayTrouble(error));
    }
  };

  return (
    <div class="books">
      <div class="toolbar">
        <label>
          <span class="quiet">Organisation</span>
          <select
            value={organisation}
            onChange={(event) => {
              setOrganisation(event.currentTarget.value);
              setPage(1);
            }}
          >
            {organisations.map((one) => (
              <option key={one.tenantId} value={one.tenantId}>
                {one.name}
              </option>
            ))}
          </select>
        </label>
        <label>
          <span class="quiet">Records</span>
          <select
            value={kind}
            onChange={(event) => {
              setKind(event.currentTarget.value as Kind);
              setPage(1);
            }}
          >
            {kinds.map(([value, word]) => (
              <option key={value} value={value}>
                {word}
              </option>
            ))}
          </select>
        </label>
        <label class="grow">
          <span class="quiet">Find</span>
          <input
            type="text"
            value={search}
            placeholder="Number or contact"
            onInput={(event) => {
              setSearch(event.currentTarget.value);
              setPage(1);
            }}
          />
        </label>
        <button
          type="button"
          onClick={() =>
            void act('About 1 % of the records changed', 'change', {
              fraction: 0.01,
              seed: Date.now() % 100_000,
            })()
          }
        >
          Change 1 % of the records
        </button>
      </div>
      {said === '' ? null : (
        <p class="said" role="status">
          <Icon name="check" /> {said}
        </p>
      )}
      {trouble === undefined ? null : <ProblemBox sentence="The sandbox refused this." code={trouble} />}
      {found === undefined ? <Skeleton lines={10} /> : <Records kind={kind} rows={found.rows} act={act} />}
      {found === undefined || found.total <= pageSize ? null : (
        <div class="pages">
          <button type="button" disabled={page === 1} onClick={() => setPage(page - 1)}>
            Newer
          </button>
          <span class="quiet">
            {sayCount((page - 1) * pageSize + 1)} to {sayCount(Math.min(page * pageSize, found.total))} of{' '}
            {sayCount(found.total)}
          </span>
          <button type="button" disabled={page * pageSize >= found.total} onClick={() => setPage(page + 1)}>
            Older
          </button>
        </div>
      )}
    </div>
  );
}

function Records(props: {
  kind: Kind;
  rows: RecordSummary[];
  act: (what: string, action: string, input: object) => () => Promise<void>;
}): JSX.Element {
  const { kind, rows, act } = props;
  if (rows.length === 0)
    return <Empty sentence="No records match." example="Clear the search to see all of them." />;
  const hasAmount = rows.some((row) => row.amount !== '');
  return (
    <div class="scroll">
      <table class="records">
        <thead>
          <tr>
            <th scope="col">Name</th>
            <th scope="col">Detail</th>
            <th scope="col">Date</th>
            {hasAmount ? <th scope="col">Currency</th> : null}
            {hasAmount ? (
              <th scope="col" class="number">
                Amount
              </th>
            ) : null}
            {kind === 'invoices' ? (
              <th scope="col" class="number">
                Due
              </th>
            ) : null}
            <th scope="col">Status</th>
            <th scope="col">
              <span class="hidden">Change</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.id}>
              <td title={row.label}>{row.label}</td>
              <td title={row.detail}>{row.detail}</td>
              <td>{row.date}</td>
              {hasAmount ? <td>{row.currency}</td> : null}
              {hasAmount ? <td class="number">{sayAmount(row.amount)}</td> : null}
              {kind === 'invoices' ? <td class="number">{sayAmount(row.due)}</td> : null}
              <td>{row.status}</td>
              <td>
                <RecordAction kind={kind} row={row} act={act} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
