/** What of a record is new: fields and values beside the published ones, told by the cutter without parsing every record. */
import { describe, expect, it } from 'vitest';
import type { Field } from '../../server/domain/field-tree.ts';
import { mostNews } from '../../server/domain/news.ts';
import { cutPage } from '../../server/mirror/cutter.ts';
import { fieldBook } from '../../server/mirror/field-book.ts';

const text = (name: string, values?: string[]): Field => ({
  name,
  kind: 'text',
  fields: [],
  ...(values === undefined ? {} : { values }),
});
const tree: Field[] = [
  text('ID'),
  text('Status', ['DRAFT', 'PAID']),
  { name: 'Contact', kind: 'object', fields: [text('Name'), text('Kind', ['A'])] },
  { name: 'Lines', kind: 'list', fields: [text('Code'), { name: 'Deep', kind: 'object', fields: [] }] },
];

function cut(book: ReturnType<typeof fieldBook>, ...records: string[]) {
  const page = Buffer.from(`{"Items":[${records.join(',')}]}`);
  return cutPage(
    page,
    'Items',
    { idField: 'ID', updatedField: null, stateField: 'Status' },
    book,
  ).records.map(({ news }) => news?.map(({ path, type, value }) => [path, type, value]));
}

describe('a book of fields', () => {
  it('finds nothing new in records that have published fields and values alone', () => {
    const record =
      '{"ID":"1","Status":"PAID","Contact":{"Name":"x","Kind":"A"},"Lines":[{"Code":"c","Deep":{"any":{"thing":1}}}]}';
    expect(cut(fieldBook(tree), record, '{"ID":"2","Status":""}')).toEqual([undefined, undefined]);
  });

  it('tells new fields by path and type, wherever they are, and tells them of every record that has them', () => {
    const record = (id: number) =>
      `{"ID":"${id}","Rating":4.5,"Contact":{"Name":"x","Seen":true},"Lines":[{"Code":"c","Grade":"g"},{"Grade":"h"}],"PaidDate":"\\/Date(1)\\/","SeenUTC":"/Date(1)/","Tags":["a","b"],"Parts":[{"Of":1}]}`;
    const news = [
      ['Rating', 'quantity', null],
      ['Contact.Seen', 'boolean', null],
      ['Lines[*].Grade', 'text', null],
      ['PaidDate', 'date', null],
      ['SeenUTC', 'instant', null],
      ['Tags[*]', 'text', null],
      ['Parts[*].Of', 'text', null],
    ];
    const found = cut(fieldBook(tree), record(1), record(2), '{"ID":"3"}');
    expect(found[0]).toEqual(news);
    expect(found[1]?.toSorted()).toEqual(news.toSorted());
    expect(found[2]).toBeUndefined();
  });

  it('tells values that are not among the published ones, and no other value', () => {
    const book = fieldBook(tree);
    expect(cut(book, '{"ID":"ONHOLD","Status":"ONHOLD","Contact":{"Kind":"B","Name":"B"}}')).toEqual([
      [
        ['Status', 'text', 'ONHOLD'],
        ['Contact.Kind', 'text', 'B'],
      ],
    ]);
    expect(cut(book, '{"ID":"2","Status":"ONHOLD"}')).toEqual([[['Status', 'text', 'ONHOLD']]]);
  });

  it('waits for the first value of a field that is null, and does not take a field of one object for that of another', () => {
    const book = fieldBook(tree);
    expect(cut(book, '{"ID":"1","Late":null}')).toEqual([undefined]);
    expect(cut(book, '{"ID":"2","Late":7}', '{"ID":"3","Name":"only a contact has it"}')).toEqual([
      [['Late', 'quantity', null]],
      [['Name', 'text', null]],
    ]);
  });

  it('stays small when data stands in the place of names, and reads no more than a few records for it', () => {
    const book = fieldBook(tree);
    const records = Array.from({ length: 500 }, (_, at) => `{"ID":"${at}","Map":{"k${at}":1,"l${at}":2}}`);
    cut(book, ...records);
    cut(book, ...records);
    cut(book, ...records);
    expect(book.news.length).toBeLessThanOrEqual(mostNews);
  });

  it('leaves a record that does not parse alone', () => {
    expect(cut(fieldBook(tree), '{"ID":"1","New":01}', '{"ID":"2","New":"\\x"}')).toEqual([
      undefined,
      undefined,
    ]);
  });
});
