/** Local time at a site from which its night's work is due: evening work is over, and daylight saving jumps at this hour at most. */
export const FROM_HOUR = 2;
