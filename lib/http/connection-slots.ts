/** Counts what is open, over all and for each address. */
export type ConnectionSlots = {
  /** Takes one, to be given back by calling the result once; null where all are taken. */
  claim(address: string): (() => void) | null;
};

export function createConnectionSlots(limits: {
  readonly overall: number;
  readonly perAddress: number;
}): ConnectionSlots {
  const open = new Map<string, number>();
  let total = 0;
  return {
    claim(address) {
      const here = open.get(address) ?? 0;
      if (total >= limits.overall || here >= limits.perAddress) return null;
      open.set(address, here + 1);
      total += 1;
      let isGiven = false;
      return () => {
        if (isGiven) return;
        isGiven = true;
        total -= 1;
        const left = (open.get(address) ?? 1) - 1;
        if (left === 0) open.delete(address);
        else open.set(address, left);
      };
    },
  };
}
