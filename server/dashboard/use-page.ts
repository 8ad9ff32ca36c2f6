/** Which page is shown, kept in the address, so that links in mail lead to it and "back" leaves it. */
import { useCallback, useEffect, useState } from 'preact/hooks';

/** The first page stands for every address that names none. */
export function usePage<P extends string>(pages: readonly [P, ...P[]]): [P, (page: P) => void] {
  const [first] = pages;
  const named = (): P => pages.find((page) => location.hash === `#${page}`) ?? first;
  const [page, setPage] = useState(named);
  useEffect(() => {
    const look = (): void => setPage(named());
    window.addEventListener('hashchange', look);
    return () => window.removeEventListener('hashchange', look);
  }, []);
  const go = useCallback(
    (next: P): void => {
      if (next === first) history.pushState(null, '', location.pathname);
      else location.hash = next;
      setPage(next);
    },
    [first],
  );
  return [page, go];
}

/** Shows the exporter that the address names, once it is there; links in mail name it. */
export function useNamedExporter(isThere: boolean): void {
  useEffect(() => {
    const look = (): void => {
      if (!isThere || !location.hash.startsWith('#exporter-')) return;
      const row = document.getElementById(location.hash.slice(1));
      for (const other of document.querySelectorAll('.named')) other.classList.remove('named');
      row?.classList.add('named');
      row?.scrollIntoView({ block: 'center' });
      row?.querySelector('button')?.focus({ preventScroll: true });
    };
    look();
    window.addEventListener('hashchange', look);
    return () => window.removeEventListener('hashchange', look);
  }, [isThere]);
}
