/** The shape of a dataset: something that people can publish, as data beside the few functions that make its rows. */
import type { RowsRequest } from '../mirror/mirror.ts';
import type { ReportParameter } from '../resources/report.ts';
import type { Column } from '../resources/resource.ts';
import type { ReportRows } from './report-rows.ts';

export interface Dataset {
  id: string;
  label: string;
  /** Where the sidebar shows it. */
  group: 'Sales and purchases' | 'Banking' | 'Journals' | 'Contacts' | 'Settings' | 'Reports';
  description: string;
  /** What a run of it must have fresh: names of resources and reports. */
  needs: { resources: readonly string[]; reports: readonly string[] };
  /** Columns that name a row for ever, or null where rows have no such name. */
  key: readonly string[] | null;
  /** In the order people expect. A report's month columns stand here as one, `months`. */
  columns: readonly Column[];
  /** Choices that shape the rows; the first option is the default. */
  params: readonly ReportParameter[];
  source: DatasetSource;
}

export type DatasetSource =
  /** Rows straight from the mirror, ascending by these columns and then by id. */
  | { kind: 'mirror'; from: RowsRequest['source']; orderBy: readonly string[] }
  /** Rows out of a report's answers, in the report's own order. */
  | { kind: 'report'; report: string; rows: ReportRows };
