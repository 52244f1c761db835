/** Advisory locks of the records database: one process at a time sequences, one at a time signs, one transaction prunes or compares what was pruned. */
export const SEQUENCER_LOCK = 7_466_101;
export const SIGNER_LOCK = 7_466_102;
export const PRUNING_LOCK = 7_466_106;
