/** The time, as an argument: pure rooms and tests never read the system's own. */
export type Clock = () => Date;

export const systemClock: Clock = () => new Date();
