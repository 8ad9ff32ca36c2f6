/** The tabs of a spreadsheet, and how much the shown one holds. */
import type { JSX } from 'preact';
import { sayCount } from '../../../shared/ui/when.ts';
import type { GridPage } from '../google/control/grid-page.ts';

export function TabStrip(props: {
  tabs: GridPage['tabs'];
  shown: GridPage['tab'];
  onChoose: (sheetId: number) => void;
}): JSX.Element {
  return (
    <div class="tab-strip">
      <nav class="tabs" aria-label="Tabs of the spreadsheet">
        {props.tabs
          .filter((tab) => !tab.isHidden)
          .map((tab) => (
            <button
              key={tab.sheetId}
              type="button"
              class="plain tab"
              aria-current={tab.sheetId === props.shown.sheetId ? 'page' : 'false'}
              title={tab.title}
              onClick={() => props.onChoose(tab.sheetId)}
            >
              {tab.title}
            </button>
          ))}
      </nav>
      <span class="quiet">{sayCount(props.shown.contentRows, 'row')}</span>
    </div>
  );
}
