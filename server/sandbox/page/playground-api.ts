/** What the playground's page asks of the two sandboxes, through the address that serves the page. */

export interface PlaygroundInfo {
  /** Where Foliokeep answers: shown in the frame. */
  panelUrl: string;
  spreadsheets: Array<{ id: string; title: string }>;
}

export async function ask<T>(path: string, body?: object): Promise<T> {
  const response = await fetch(path, {
    ...(body === undefined
      ? {}
      : { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
  });
  if (!response.ok)
    throw new Error(
      `${path.split('?')[0]} answered ${response.status}: ${(await response.text()).slice(0, 200)}`,
    );
  return (await response.json()) as T;
}

export const askXero = <T>(action: string, input: object): Promise<T> =>
  ask<T>('/sandbox/xero/control', { action, ...input });

export const sayTrouble = (error: unknown): string =>
  error instanceof Error ? error.message : String(error);
