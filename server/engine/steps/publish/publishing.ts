/** What the parts of a publish share: one exporter, its destination, and the ports they need. */
import type { Exporter } from '../../../domain/exporter.ts';
import type { Ports } from '../../../ports.ts';
import type { StepContext } from '../../step.ts';
import type { PublishInput } from './checkpoint.ts';
import type { LineUp } from './gathering.ts';
import type { Looks } from './looks.ts';
import type { Wanted } from './wanted-rows.ts';

export type PublishPorts = Pick<Ports, 'store' | 'sheets' | 'drive' | 'clock' | 'log'> & {
  /** Left out: publishes are not spread. */
  lineUp?: LineUp;
};

export interface PublishOptions {
  /** Cells that a spreadsheet may hold in all its tabs together. */
  cellLimit: number;
  /** Bytes of one request; above it the write is staged. Google recommends 2 MB (google-platform.md section 5.1). */
  requestBytes: number;
  /** Cells read in one call: bounds the memory of an answer. */
  cellsPerRead: number;
  /** Of all blocks that are published together: read, held and compared at once. A larger one publishes alone. */
  cellsTogether: number;
}

export interface Publishing {
  ports: PublishPorts;
  options: PublishOptions;
  context: StepContext;
  input: PublishInput;
  exporterId: string;
  exporter: Exporter;
  spreadsheetId: string;
  grantId: string;
  wanted: Wanted;
  looks: Looks;
  /** Of the file, when it was asked for already in this unit. */
  driveVersion?: string;
  /** Published by another run, together with its own. */
  isGuest?: boolean;
}
