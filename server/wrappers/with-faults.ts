/** Lets things go wrong around the calls of ports, by plan. */
import { RetryError } from '../errors.ts';
import { Crash, type FaultPoint, type Faults } from './faults.ts';
import { wrapMethods } from './wrap-methods.ts';

export interface FaultLab {
  /** The port with this plan's faults around each of its calls; `name` begins the labels, as in `store`. */
  wrap<P extends object>(port: P, name: string): P;
  /** A crash has happened: no call under this plan does anything any more. */
  isCrashed(): boolean;
}

/** One plan over any number of ports: they count and die together, as the parts of one process do. */
export const faultLab = (faults: Faults): FaultLab => {
  const counts = new Map<string, number>();
  let isCrashed = false;

  /** What the plan wants at this point; for a call to be made twice the answer is `twice`. */
  const pass = async (point: FaultPoint): Promise<'once' | 'twice'> => {
    if (isCrashed) throw new Crash(`dead since before ${point.label}`);
    const act = faults.at(point);
    switch (act) {
      case 'pass':
        return 'once';
      case 'twice':
        return 'twice';
      case 'fail':
        throw new RetryError('INJECTED_FAULT', { ...point });
      case 'crash':
        isCrashed = true;
        throw new Crash(`crashed ${point.when} ${point.label} ${point.call}`);
      case 'hang':
        return new Promise<never>(() => undefined);
    }
  };

  return {
    wrap: (port, name) =>
      wrapMethods(port, async ({ method, make }) => {
        const label = `${name}.${method}`;
        const call = (counts.get(label) ?? 0) + 1;
        counts.set(label, call);
        const times = await pass({ label, call, when: 'before' });
        if (times === 'twice') await make();
        const answer = await make();
        await pass({ label, call, when: 'after' });
        return answer;
      }),
    isCrashed: () => isCrashed,
  };
};

/** One port under its own plan. */
export const withFaults = <P extends object>(port: P, name: string, faults: Faults): P =>
  faultLab(faults).wrap(port, name);
