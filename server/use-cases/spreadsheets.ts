/** The spreadsheets that a person let Foliokeep use, and new ones. */
import type { Actor } from '../domain/team.ts';
import type { Ports } from '../ports.ts';
import { mustEdit, ownGoogleGrant } from './own.ts';

export interface SpreadsheetView {
  id: string;
  title: string;
}

export async function listSpreadsheets(
  ports: Pick<Ports, 'store' | 'drive'>,
  actor: Actor,
): Promise<SpreadsheetView[]> {
  return ports.drive.spreadsheets(await ownGoogleGrant(ports.store, actor));
}

/** Twice makes two. */
export async function createSpreadsheet(
  ports: Pick<Ports, 'store' | 'drive'>,
  actor: Actor,
  title: string,
): Promise<SpreadsheetView> {
  mustEdit(actor);
  return ports.drive.createSpreadsheet(await ownGoogleGrant(ports.store, actor), title);
}
