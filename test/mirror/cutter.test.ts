/** The cutter: records as exact text, `typed` safe for DuckDB, and nothing unreadable passed over in silence. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FatalError } from '../../server/errors.ts';
import { cutPage, cutReport } from '../../server/mirror/cutter.ts';
import type { CutRecord } from '../../server/mirror/mirror.ts';
import { recordText } from '../../server/mirror/record-text.ts';

const fields = { idField: 'ID', updatedField: 'UpdatedDateUTC', stateField: 'Status' };
const bytes = (text: string) => new TextEncoder().encode(text);
const pageOf = (...records: string[]) => `{"Id":"p","Items":[${records.join(',')}]}`;
/** Records with their texts as strings. */
const said = ({ raw, typed, ...record }: CutRecord) => ({
  ...record,
  raw: recordText(raw),
  typed: typed === null ? null : recordText(typed),
});
const cut = (text: string) => {
  const { envelope, records, beside } = cutPage(bytes(text), 'Items', fields);
  return {
    envelope,
    records: records.map(said),
    beside: beside.map(({ name, records: others }) => ({ name, records: others.map(said) })),
  };
};
const one = (record: string) => {
  const [first] = cut(pageOf(record)).records;
  if (first === undefined) throw new Error('no record was cut');
  return first;
};
const problemOf = (act: () => unknown): string => {
  try {
    act();
  } catch (error) {
    expect((error as FatalError).code).toBe('XERO_PAGE_UNREADABLE');
    return String((error as FatalError).details['problem']);
  }
  throw new Error('nothing was thrown');
};

describe('the memory of a page', () => {
  const large = (name: string) =>
    pageOf(
      ...Array.from({ length: 300 }, (_, at) => `{"ID":"${name}${at}","Text":"${name.repeat(2_000)}","N":1}`),
    );

  it('is gone for the records of a page that was released, and no page gets into another', () => {
    const texts: string[] = [];
    for (const name of ['a', 'b', 'c']) {
      const page = cutPage(bytes(large(name)), 'Items', fields);
      const beside = cutPage(bytes(large('z')), 'Items', fields);
      for (const { id, typed } of page.records)
        expect(typed && recordText(typed)).toBe(`{"ID":"${id}","Text":"${name.repeat(2_000)}","N":"1"}`);
      texts.push(page.records[0]?.id ?? '');
      page.release();
      page.release();
      expect(page.records.map(({ typed }) => typed?.length)).toEqual(page.records.map(() => 0));
      expect(beside.records.every(({ typed }) => typed !== null && recordText(typed).includes('zzz'))).toBe(
        true,
      );
      beside.release();
    }
    expect(texts).toEqual(['a0', 'b0', 'c0']);
  });

  it('is what it was for what was read before', () => {
    const page = cutPage(bytes(large('a')), 'Items', fields);
    const [first] = page.records;
    const { id, state, updatedAt } = first ?? {};
    page.release();
    expect([id, state, updatedAt]).toEqual(['a0', '', 0]);
  });
});

describe('cutPage', () => {
  it('cuts records as exact slices with their id, change stamp and state', () => {
    const first =
      '{"ID":"a1","Total":1.0000000000,"UpdatedDateUTC":"\\/Date(1439434356790+1300)\\/","Status":"PAID"}';
    const second = '{ "ID" : "b2" }';
    const page = cut(
      `{"DateTimeUTC":"\\/Date(5)\\/","pagination":{"page":1,"pageSize":2,"pageCount":1,"itemCount":2},"Items":[ ${first} ,\r\n ${second}\t]}`,
    );
    expect(page.envelope).toEqual({
      id: undefined,
      dateTimeUtc: 5,
      pagination: { page: 1, pageSize: 2, pageCount: 1, itemCount: 2 },
    });
    expect(page.records).toEqual([
      {
        id: 'a1',
        updatedAt: 1439434356790,
        state: 'PAID',
        raw: first,
        typed: first.replace('1.0000000000', '"1.0000000000"'),
      },
      { id: 'b2', updatedAt: 0, state: '', raw: second, typed: '{"ID":"b2"}' },
    ]);
  });

  it('keeps every record of any page as text that parses to the same values, with numbers as their source text', () => {
    const jsonValue = fc.jsonValue({ maxDepth: 5 });
    const record = fc.dictionary(fc.string(), jsonValue).map((rest) => ({ ...rest, ID: 'x' }));
    fc.assert(
      fc.property(
        fc.array(record, { maxLength: 5 }),
        fc.constantFrom(undefined, 2, '\t'),
        fc.boolean(),
        (list, indent, isCrlf) => {
          const plain = JSON.stringify(
            { Status: 'OK', Before: [{ Items: [1] }, '"Items":['], Items: list, After: {} },
            null,
            indent,
          );
          const text = isCrlf ? plain.replaceAll('\n', '\r\n') : plain;
          const { records } = cut(text);
          expect(records.map(({ raw }) => JSON.parse(raw))).toEqual(JSON.parse(text).Items);
          for (const { raw, typed } of records) {
            const source = (_: string, value: unknown, context?: { source?: string }) =>
              typeof value === 'number' ? context?.source : value;
            expect(JSON.parse(typed ?? 'null')).toEqual(
              JSON.parse(raw, source as (key: string, value: unknown) => unknown),
            );
          }
        },
      ),
      { numRuns: 300 },
    );
  });

  it('never mistakes damaged text for a whole page', () => {
    const text = pageOf('{"ID":"a","N":[1,{"x":"}]"}]}', '{"ID":"b"}');
    fc.assert(
      fc.property(fc.nat(text.length - 1), (length) => {
        problemOf(() => cut(text.slice(0, length)));
      }),
    );
  });

  it('either cuts exactly what JSON.parse reads or names a problem, whatever byte is changed', () => {
    const text = pageOf('{"ID":"a","N":[1,-2.5e3,{"x":"}]\\u00e9"}],"t":true}', '{"ID":"b","m":null}');
    fc.assert(
      fc.property(
        fc.nat(text.length - 1),
        fc.constantFrom(...' {}[]",:0-.eE1tf\\\u0001x'),
        (at, character) => {
          const changed = text.slice(0, at) + character + text.slice(at + 1);
          let parsed: unknown;
          try {
            parsed = JSON.parse(changed);
          } catch {
            parsed = undefined;
          }
          let records: ReturnType<typeof cut>['records'];
          try {
            records = cut(changed).records;
          } catch (error) {
            expect((error as FatalError).code).toBe('XERO_PAGE_UNREADABLE');
            expect((parsed as { Items?: unknown } | undefined)?.Items).toBeUndefined();
            return;
          }
          if (parsed !== undefined)
            expect(records.map(({ raw }) => JSON.parse(raw))).toEqual((parsed as { Items: unknown }).Items);
          for (const { typed } of records) if (typed !== null) JSON.parse(typed);
        },
      ),
      { numRuns: 1500 },
    );
  });

  it.each([
    ['a bad number', '{"ID":"b","N":01}', 'b'],
    ['a bare word', '{"N":{"ID":"of another"},"ID":"b","M":NaN}', 'b'],
    ['a missing colon', '{"ID" "b"}', null],
    ['a trailing comma', '{"ID":"b",}', 'b'],
    ['mismatched brackets', '{"ID":"b","N":[1}}', 'b'],
    ['a doubled key', '{"ID":"b","Total":1,"Total":2}', 'b'],
    ['a doubled key further in', '{"ID":"b","N":{"Total":1,"x":[{"Total":3}],"Total":2}}', 'b'],
    ['two ids', '{"ID":"b","ID":"c"}', null],
    ['the id twice', '{"ID":"b","ID":"b"}', 'b'],
    ['nesting beyond the limit', `{"ID":"b","N":${'['.repeat(200)}${']'.repeat(200)}}`, 'b'],
    ['an id in a text alone', '{"Name":"\\"ID\\":\\"b\\"","N":01}', null],
    ['no id', '{"Name":"x","Lines":[{"ID":"of a line"}]}', null],
    ['an empty id', '{"ID":""}', null],
    ['an id of null', '{"ID":null}', null],
    ['a value that is no record', '7', null],
    ['a text that is no record', '"]"', null],
  ])(
    'keeps a record with %s as raw text and a gap, under its own id if it has one, and its neighbours whole',
    (_, broken, id) => {
      const { records } = cut(pageOf('{"ID":"a","x":1}', broken, '{"ID":"z"}'));
      expect(records.map(({ raw }) => raw)).toEqual(['{"ID":"a","x":1}', broken, '{"ID":"z"}']);
      expect(records.map(({ typed }) => typed)).toEqual(['{"ID":"a","x":"1"}', null, '{"ID":"z"}']);
      if (id === null) expect(records[1]?.id).toMatch(/^unidentified-[0-9a-f]{32}$/);
      else expect(records[1]?.id).toBe(id);
      expect(records[1]?.id).toBe(one(broken).id);
    },
  );

  it('gives two broken records of different text different ids', () => {
    expect(one('{"a":}').id).not.toBe(one('{"b":}').id);
  });

  it('takes the same key in different objects for no doubling', () => {
    const record = '{"ID":"a","Lines":[{"ID":"1","Total":1},{"ID":"2","Total":1}],"Total":{"Total":2}}';
    expect(one(record).typed).not.toBeNull();
  });

  it('makes escapes that mean no character a visible mark and keeps the others', () => {
    const { typed } = one(
      '{"ID":"a","t":"\\ud800x\\udc00 \\ud83d\\ude00 \\x \\u00e9\\u0000\\"\\/\\\\ \\uZZ"}',
    );
    expect(JSON.parse(typed ?? '').t).toBe('\ufdd0x\ufdd0 😀 \ufdd0x é\0"/\\ \ufdd0uZZ');
  });

  it('escapes control characters that stand in a string as they are', () => {
    const record = one('{"ID":"a","t":"a\tb\u0001c\u001f"}');
    expect(record.typed).toBe('{"ID":"a","t":"a\\u0009b\\u0001c\\u001f"}');
    expect(record.raw).toBe('{"ID":"a","t":"a\tb\u0001c\u001f"}');
  });

  it('takes a record that needs more repairs than there is room for as unreadable', () => {
    expect(one(`{"ID":"a","t":"${'\u0001'.repeat(5000)}"}`).typed).toBeNull();
  });

  it('keeps records whole that are longer than the memory they share, and those around them', () => {
    const sizes = [10, 200_000, 70_000, 300_000, 1_500_000, 5, 262_100, 262_144, 40];
    const records = sizes.map((size, at) => ({
      ID: `${at}`,
      Long: '\u00e9"\\n'.repeat(size / 5),
      N: at,
      Some: Array.from({ length: size / 100 }, () => 1.5),
    }));
    const { records: found } = cut(pageOf(...records.map((record) => JSON.stringify(record, null, 1))));
    expect(found.map(({ raw }) => JSON.parse(raw))).toEqual(records);
    expect(found.map(({ typed }) => JSON.parse(typed ?? 'null'))).toEqual(
      records.map((record) => ({ ...record, N: String(record.N), Some: record.Some.map(String) })),
    );
  });

  it('finds no room to be an end of any kind: every length of a text is cut alike', () => {
    const long = (length: number) =>
      `{"ID":"${'x'.repeat(length)}","N":1,"Deep":{"A":[true,null,"\\u0001\u0001"]}}`;
    const lengths = Array.from({ length: 160 }, (_, at) => 262_144 - 130 + at);
    for (const length of lengths) {
      const { records } = cut(pageOf(long(length), '{"ID":"b","N":2}'));
      const typed = long(length).replace('"N":1', '"N":"1"').replace('\u0001', '\\u0001');
      expect(records[0]?.typed === typed).toBe(true);
      expect(records[1]?.typed).toBe('{"ID":"b","N":"2"}');
    }
  });

  it('takes names for the same by all of their bytes, whatever the record before had in their place', () => {
    const name = fc.constantFrom(
      'A',
      'AB',
      'ABC',
      'ABCD',
      'ABCDE',
      'ABCDEFGH',
      'ABCDEFGI',
      'ABCXEFGH',
      'B',
      '',
      'é',
      'Lines',
    );
    const fieldsOf = fc.uniqueArray(name, { maxLength: 9 });
    fc.assert(
      fc.property(fc.array(fc.tuple(fieldsOf, fieldsOf), { minLength: 1, maxLength: 12 }), (list) => {
        const objects = list.map(([outer, inner], at) => ({
          ID: `${at}`,
          ...Object.fromEntries(
            outer.map((key) => [key, [Object.fromEntries(inner.map((deep) => [deep, at]))]]),
          ),
        }));
        const { records } = cut(pageOf(...objects.map((object) => JSON.stringify(object))));
        expect(records.map(({ id }) => id)).toEqual(objects.map(({ ID }) => ID));
        for (const [at, { typed }] of records.entries())
          expect(typed).toBe(JSON.stringify(objects[at]).replaceAll(/:(\d+)/g, ':"$1"'));
      }),
      { numRuns: 300 },
    );
  });

  it('notices a doubled key wherever it comes, after records without one', () => {
    const keys = ['ID', 'Alpha', 'Beta', 'Gamma', 'Delta', 'Eps', 'Z'];
    fc.assert(
      fc.property(fc.shuffledSubarray(keys.slice(1)), fc.nat(6), fc.boolean(), (order, again, isDeep) => {
        const body = ['ID', ...order].map((key) => `"${key}":"a"`);
        const twice = [...body, body[again % body.length]];
        const whole = `{${body.join(',')}}`;
        const doubled = isDeep ? `{"ID":"a","In":{${twice.join(',')}}}` : `{${twice.join(',')}}`;
        const { records } = cut(pageOf(whole, doubled, whole));
        expect(records.map(({ typed }) => typed === null)).toEqual([false, true, false]);
      }),
    );
  });

  it('remembers only so many names, and cuts data in the place of names all the same', () => {
    const many = (from: number) =>
      `{"ID":"${from}",${Array.from({ length: 9_000 }, (_, at) => `"key ${from + at}":${at}`).join(',')}}`;
    const { records } = cut(pageOf(many(0), many(9_000), many(18_000), many(0)));
    expect(records.map(({ typed }) => Object.keys(JSON.parse(typed ?? '{}')).length)).toEqual([
      9_001, 9_001, 9_001, 9_001,
    ]);
  });

  it('reads ids with escapes and numbers as ids', () => {
    expect(one('{"ID":"a\\u00e9\\/"}').id).toBe('aé/');
    expect(one('{"ID":12.50}').id).toBe('12.50');
    expect(one('{"x":{"ID":"inner"},"ID":"outer"}').id).toBe('outer');
  });

  it('refuses text that is not UTF-8, HTML, another list, and lists that do not close', () => {
    expect(
      problemOf(() =>
        cutPage(new Uint8Array([...bytes('{"Items":["'), 0xff, 0x22, 0x5d, 0x7d]), 'Items', fields),
      ),
    ).toMatch(/UTF-8/);
    for (const text of [
      '<html></html>',
      '',
      '[]',
      '{"Others":[]}',
      '{"Items":{}}',
      '{"Items":[{"ID":"a"} {"ID":"b"}]}',
      '{"Items":[{"ID":"a"},]}',
      '{"Items":[]',
      '{"Items":[]}}',
      '{"Items":[],"pagination":{"page":"x"}}',
      '{"x":{"Items":[]}}',
    ])
      problemOf(() => cut(text));
  });

  it('reads an empty list and a byte order mark', () => {
    expect(cut('\ufeff{"Items":[ ]}').records).toEqual([]);
  });
});

describe('cutReport', () => {
  it('keeps a report as one record under its name and parameters', () => {
    const report =
      '{"ReportID":"TrialBalance","ReportName":"Trial Balance","UpdatedDateUTC":"\\/Date(7)\\/","Rows":[]}';
    const id = 'Reports/TrialBalance?date=2026-11-20';
    expect(said(cutReport(bytes(`{"Id":"x","Reports":[${report}]}`), id).record)).toEqual({
      id,
      updatedAt: 7,
      state: '',
      raw: report,
      typed: report,
    });
  });

  it('refuses an answer without exactly one readable report', () => {
    for (const list of ['', '{"ReportName":"a"},{"ReportName":"b"}', '{"ReportName":}'])
      problemOf(() => cutReport(bytes(`{"Reports":[${list}]}`), 'TrialBalance'));
  });

  it('keeps lists that stand beside the wanted one, before and after it, as exact records', () => {
    const text = `{"Id":"x","Widgets":[{"WidgetID":"w1","N":1.50},{"Odd":1}],"Items":[{"ID":"a"}],"Warnings":[{"a":1}],"Empty":[],"Categories":[{"CategoryID":"c"},"text"]}`;
    const { records, beside } = cut(text);
    expect(records.map(({ id }) => id)).toEqual(['a']);
    expect(beside.map(({ name }) => name)).toEqual(['Widgets', 'Categories']);
    expect(beside[0]?.records.map(({ raw }) => raw)).toEqual(['{"WidgetID":"w1","N":1.50}', '{"Odd":1}']);
    expect(beside.map((list) => list.records[0]?.id)).toEqual(['w1', 'c']);
    expect(cut('{"Items":[]}').beside).toEqual([]);
  });
});
