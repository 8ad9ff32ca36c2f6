/** Asks the server what a schedule means while a person chooses it. */
import { useEffect, useRef, useState } from 'preact/hooks';
import { ApiError } from '../client.ts';
import type { Schedule, ScheduleView } from '../contract/schedule.ts';

/** A person types on; the server is asked once they rest. */
const restMs = 250;

export interface Refusal {
  /** Below `schedule`, e.g. `at`. */
  field: string;
  sentence: string;
}

/** What the server says of the schedule as it stands. The last answer stays until the next one, unless it is refused. */
export function useSchedulePreview(
  schedule: Schedule | null,
  preview: (schedule: Schedule) => Promise<ScheduleView>,
): { view: ScheduleView | undefined; refusal: Refusal | undefined } {
  const [view, setView] = useState<ScheduleView | undefined>(undefined);
  const [refusal, setRefusal] = useState<Refusal | undefined>(undefined);
  const newest = useRef(preview);
  newest.current = preview;
  const text = JSON.stringify(schedule);
  useEffect(() => {
    if (schedule === null) return;
    let isOver = false;
    const ask = async (): Promise<void> => {
      try {
        const answer = await newest.current(schedule);
        if (isOver) return;
        setView(answer);
        setRefusal(undefined);
      } catch (error) {
        // What is unreachable says so elsewhere on the page; the times come with the next change.
        if (isOver || !(error instanceof ApiError)) return;
        setView(undefined);
        setRefusal(refusalOf(error));
      }
    };
    const timer = setTimeout(() => void ask(), restMs);
    return () => {
      isOver = true;
      clearTimeout(timer);
    };
  }, [text]);
  return { view, refusal };
}

/** "schedule.at: must be a time such as 07:00" → the field `at` with "Must be a time such as 07:00." */
function refusalOf({ problem: { detail, field = '' } }: ApiError): Refusal {
  const plain = detail.startsWith(`${field}: `) ? detail.slice(field.length + 2) : detail;
  const sentence = `${plain.charAt(0).toUpperCase()}${plain.slice(1)}`;
  const [, name = ''] = field.split('.');
  return { field: name, sentence: sentence.endsWith('.') ? sentence : `${sentence}.` };
}
