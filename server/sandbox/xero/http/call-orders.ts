/** What is to happen after so many list calls of an organisation; the sandbox's control gives the orders. */

export interface CallOrder {
  tenantId: string;
  /** Found anywhere in the path with its query; '' counts every list. */
  path: string;
  /** Calls still to come, the one that it waits for included. */
  left: number;
  run(): void;
}

export interface CallOrders {
  add(order: CallOrder): void;
  clear(): void;
  /** A list was answered: runs every order that this makes due, first given first. */
  listed(tenantId: string, url: URL): void;
  pending(): number;
}

/** What one edit of an order came to. */
export interface EditMade {
  tenantId: string;
  action: string;
  /** By the sandbox's clock. */
  at: number;
  result?: unknown;
  /** Why the books did not take it. */
  refused?: string;
}

export function callOrders(): CallOrders {
  let orders: CallOrder[] = [];
  return {
    add: (order) => void orders.push({ ...order }),
    clear() {
      orders = [];
    },
    listed(tenantId, url) {
      if (orders.length === 0) return;
      const asked = `${url.pathname}${url.search}`;
      const hit = orders.filter((order) => order.tenantId === tenantId && asked.includes(order.path));
      for (const order of hit) order.left--;
      const due = hit.filter(({ left }) => left === 0);
      orders = orders.filter(({ left }) => left > 0);
      for (const order of due) order.run();
    },
    pending: () => orders.length,
  };
}
