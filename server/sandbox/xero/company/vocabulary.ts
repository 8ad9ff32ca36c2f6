/** The words a plausible company is made of. */

export const FIRST =
  'Amelia Bilal Chiara Dmitri Esther Farouk Greta Hemi Ines Jonas Kiri Lars Mina Noor Olga Pita Quinn Rewi Sade Tane'.split(
    ' ',
  );
export const LAST =
  'Abbott Bhatt Castellano Dunn Eriksen Faleolo Grover Hartmann Iyer Janssen Kahu Lindqvist Moreau Ngata Okafor Petrov Rangi Silva Tamatea Whelan'.split(
    ' ',
  );

const PLACES =
  'Alder Basin Cedar Delta Ember Fern Garnet Harbour Ivory Jade Kauri Larch Maple North Opal Pine Quarry River Summit Tui Union Valley Willow Yarrow Zephyr Aspen Birch Coral Dune Elm Flint Grove Hazel Inlet Juniper Kelp Lagoon Mesa Nectar Orchard Prairie Quartz Ridge Sage Teak Umber Vine Walnut Yew Zinc Amber Bay Cliff Dale East Ford Glen Hill Isle'.split(
    ' ',
  );
const TRADES =
  'Joinery Logistics Foods Studio Roofing Dental Press Systems Nursery Plumbing Travel Media Motors Fabrics Coffee Bikes Security Cleaning Optics Events Legal Freight Timber Textiles Glass Energy Print Marine Farms Pharmacy Software Interiors Catering Tyres Signs Records Tools Shoes Brewing Books'.split(
    ' ',
  );
const FORMS = ['Ltd', 'Limited', '& Co', 'Group', 'Partners', 'Trading', 'Holdings', 'Bros', 'Collective'];

/** 21,600 names, none twice; after those come their second branches, and so on. */
export function tradeName(index: number): string {
  const count = PLACES.length * TRADES.length * FORMS.length;
  const at = (index * 7919) % count;
  const branch = Math.floor(index / count) + 1;
  const place = PLACES[at % PLACES.length];
  const trade = TRADES[Math.floor(at / PLACES.length) % TRADES.length];
  const name = `${place} ${trade} ${FORMS[Math.floor(at / (PLACES.length * TRADES.length))]}`;
  return branch === 1 ? name : `${name}, branch ${branch}`;
}

export const SOLD = [
  'Monthly retainer',
  'Design workshop, half day',
  'Onsite installation',
  'Annual support plan',
  'Custom shelving unit',
  'Consulting hours',
  'Training session',
  'Project milestone 2',
  'Delivery and assembly',
  'Spare parts kit',
];
export const BOUGHT = [
  'Office supplies',
  'Courier charges',
  'Software licences',
  'Electricity for the month',
  'Cleaning service',
  'Raw timber, grade A',
  'Printer cartridges',
  'Mobile plan',
  'Van lease',
  'Advertising campaign',
];
export const RECEIVED = ['Card takings', 'Cash sale', 'Deposit', 'Refund from supplier', 'Interest'];
export const SPENT = ['Fuel', 'Parking', 'Team lunch', 'Bank fee', 'Stationery', 'Taxi', 'Hardware store'];
