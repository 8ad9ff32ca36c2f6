/** The icons, drawn on Lucide's grid (24 px, 2 px round strokes) and inlined, so that no page fetches one. */
import type { JSX } from 'preact';

const strokes = {
  check: ['M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18', 'm8.5 12 2.5 2.5 4.5-5'],
  working: [
    'M12 3v3',
    'M12 18v3',
    'm5.6 5.6 2.1 2.1',
    'm16.3 16.3 2.1 2.1',
    'M3 12h3',
    'M18 12h3',
    'm5.6 18.4 2.1-2.1',
    'm16.3 7.7 2.1-2.1',
  ],
  clock: ['M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18', 'M12 7.5V12l3 2'],
  warning: ['M12 4 2.8 20h18.4z', 'M12 10v4', 'M12 17h.01'],
  failed: ['M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18', 'm9 9 6 6', 'm15 9-6 6'],
  paused: ['M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18', 'M10 9v6', 'M14 9v6'],
  resume: ['M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18', 'M10.5 8.8v6.4l5-3.2z'],
  play: ['M7 4.5v15l12-7.5z'],
  stop: ['M6 6h12v12H6z'],
  plus: ['M12 5v14', 'M5 12h14'],
  link: [
    'M9.5 14.5 14.5 9.5',
    'M11 6.5l1.5-1.5a4.2 4.2 0 0 1 6 6L17 12.5',
    'M13 17.5 11.5 19a4.2 4.2 0 0 1-6-6L7 11.5',
  ],
  table: ['M4 5h16v14H4z', 'M4 10h16', 'M10 10v9'],
  close: ['m6 6 12 12', 'M18 6 6 18'],
  bin: ['M4 7h16', 'M9 7V4h6v3', 'M6 7l1 13h10l1-13'],
  pencil: ['M4 20l1-4.5L16.5 4l3.5 3.5L8.5 19z', 'm14 6.5 3.5 3.5'],
  history: ['M4 12a8 8 0 1 0 2.5-5.8L4 8.5', 'M4 4v4.5h4.5', 'M12 8v4.5l3 1.5'],
  copy: ['M9 9h11v11H9z', 'M15 9V4H4v11h5'],
  search: ['M11 4a7 7 0 1 0 0 14 7 7 0 0 0 0-14', 'm20 20-4-4'],
  up: ['M12 19V5', 'm6 11 6-6 6 6'],
  down: ['M12 5v14', 'm6 13 6 6 6-6'],
  out: ['M14 4h6v6', 'M20 4l-9 9', 'M18 14v6H4V6h6'],
  dot: ['M12 9.5a2.5 2.5 0 1 0 0 5 2.5 2.5 0 0 0 0-5'],
} as const;

export type IconName = keyof typeof strokes;

/** Decoration only: the word beside it carries the meaning. */
export function Icon({ name, size = 16 }: { name: IconName; size?: number }): JSX.Element {
  return (
    <svg
      class={`icon icon-${name}`}
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      stroke-width="2"
      stroke-linecap="round"
      stroke-linejoin="round"
      aria-hidden="true"
      focusable="false"
    >
      {strokes[name].map((d) => (
        <path key={d} d={d} />
      ))}
    </svg>
  );
}
