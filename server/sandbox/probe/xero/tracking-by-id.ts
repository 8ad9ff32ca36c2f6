/** Whether an archived tracking category is found by its id without asking for archived ones. */
import { finding, notAsked, type Probe } from '../probe.ts';
import type { XeroAsker } from '../xero-asker.ts';

interface Category {
  TrackingCategoryID: string;
  Status?: string;
  Options?: { Status?: string }[];
}

export const trackingById: Probe<XeroAsker> = {
  name: 'tracking-by-id',
  rules: ['xero-tracking-by-id'],
  asks: 'The tracking categories with archived ones, and one of those with something archived by its id.',
  expects: '200, with its archived options.',
  calls: 2,
  async run({ get }) {
    const { json } = await get('TrackingCategories?includeArchived=true');
    const archived = (options: Category['Options']) =>
      (options ?? []).filter(({ Status }) => Status === 'ARCHIVED').length;
    const all = (json['TrackingCategories'] ?? []) as Category[];
    const wanted =
      all.find(({ Status }) => Status === 'ARCHIVED') ?? all.find(({ Options }) => archived(Options) > 0);
    if (!wanted) return notAsked('Nothing is archived.');
    const found = await get(`TrackingCategories/${wanted.TrackingCategoryID}`, {
      as: 'TrackingCategories/{id}',
    });
    const [category] = (found.json['TrackingCategories'] ?? []) as Category[];
    return finding(
      found.status === 200 && archived(category?.Options) === archived(wanted.Options),
      `It is ${found.status} with ${archived(category?.Options)} of ${archived(wanted.Options)} archived options.`,
    );
  },
};
