/** Why an exporter stands still, what that means for its tab, and the one button that helps. */
import type { JSX } from 'preact';
import type { ExporterView } from '../../shared/contract/exporter.ts';
import { ProblemBox } from '../../shared/ui/states.tsx';
import { isMended } from '../../shared/ui/status.tsx';
import { sayWhenWithin } from '../../shared/ui/when.ts';
import { actOf, type OfferedAct } from './problem-acts.ts';

interface Problem {
  code: string;
  sentence: string;
}

export function ExporterProblem(props: {
  exporter: ExporterView;
  canEdit: boolean;
  onAct: (act: OfferedAct['act']) => void;
}): JSX.Element | null {
  const { exporter } = props;
  if (exporter.activeRun !== null) return null;
  if (isMended(exporter))
    return <p class="row-note quiet">Access is given again. The next run brings the tab up to date.</p>;
  const problem = problemOf(exporter);
  if (problem === undefined) return null;
  const { act, word } = actOf(problem.code);
  const { published } = exporter;
  return (
    <ProblemBox
      sentence={problem.sentence}
      meaning={
        published === null
          ? 'Nothing was written yet.'
          : `The tab “${exporter.tabTitle}” is as it was ${sayWhenWithin(published.at, new Date())}.`
      }
      code={problem.code}
    >
      {props.canEdit ? (
        <button type="button" onClick={() => props.onAct(act)} aria-label={`${word}: ${exporter.name}`}>
          {word}
        </button>
      ) : null}
    </ProblemBox>
  );
}

/** The last run's own words, else what the exporter's state means. */
function problemOf({ lastRun, status, organisation, writerLeft }: ExporterView): Problem | undefined {
  if (status === 'needs-file' && writerLeft !== undefined)
    return {
      code: 'WRITER_LEFT',
      sentence: `${writerLeft} has left this team, so the tab is no longer written. Take it over to go on.`,
    };
  if (lastRun?.status === 'failed' && lastRun.error !== null) return lastRun.error;
  if (status === 'needs-reconnect')
    return {
      code: 'NEEDS_RECONNECT',
      sentence: `${organisation} is disconnected from Xero. Reconnect it to go on; your exporters and tabs are kept.`,
    };
  if (status === 'needs-file')
    return {
      code: 'NEEDS_FILE',
      sentence: 'Foliokeep no longer has access to the spreadsheet. Choose it again.',
    };
  return undefined;
}
