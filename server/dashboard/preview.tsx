/** The first rows as they would be written, from what was read already: no calls to Xero. */
import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { RowsTable, type TableRows } from '../../shared/ui/rows-table.tsx';
import { ProblemBox, Skeleton } from '../../shared/ui/states.tsx';
import { type Choice, meantFilters } from './exporter-choice.ts';
import { callApi, type Trouble, troubleOf } from './server-api.ts';

const shownRows = 10;
const typingMs = 300;

export function Preview({ choice }: { choice: Choice }): JSX.Element {
  const [found, setFound] = useState<(TableRows & { isRead: boolean }) | undefined>(undefined);
  const [trouble, setTrouble] = useState<Trouble | undefined>(undefined);
  const { connectionId, dataset, params, columns, filters } = choice;
  const wish = JSON.stringify({
    connectionId,
    dataset,
    params,
    columns,
    filters: meantFilters(filters),
    limit: shownRows,
  });
  useEffect(() => {
    let isOver = false;
    const look = async (): Promise<void> => {
      try {
        const answer = await callApi('previewRows', { body: JSON.parse(wish) });
        if (isOver) return;
        setFound(answer);
        setTrouble(undefined);
      } catch (error) {
        if (!isOver) setTrouble(troubleOf(error));
      }
    };
    const timer = setTimeout(() => void look(), typingMs);
    return () => {
      isOver = true;
      clearTimeout(timer);
    };
  }, [wish]);

  if (trouble !== undefined) return <ProblemBox sentence={trouble.sentence} code={trouble.code} />;
  if (found === undefined) return <Skeleton lines={4} />;
  if (!found.isRead)
    return <p class="quiet">These records have not been read from Xero yet. The first run reads them.</p>;
  if (found.rows.length === 0) return <p class="quiet">No rows match.</p>;
  return <RowsTable table={found} label="First rows" />;
}
