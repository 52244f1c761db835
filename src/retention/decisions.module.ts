import { Global, Module } from '@nestjs/common';
import { AskRelease } from './holds/ask-release.js';
import { DestroyedBeforeHold } from './holds/destroyed-before.js';
import { ForeseeHold } from './holds/foresee-hold.js';
import { HoldRelease } from './holds/hold-release.js';
import { ListHolds } from './holds/list-holds.js';
import { PlaceHold } from './holds/place-hold.js';
import { PolicyPublication } from './policies/policy-publication.js';
import { ProposePolicy } from './policies/propose-policy.js';
import { ReadPolicyNow } from './policies/read-policy-now.js';

/** What members decide about retention: policies and legal holds. Beside the runs, which need nobody signed in. */
@Global()
@Module({
  providers: [PolicyPublication, ProposePolicy, ReadPolicyNow, AskRelease, DestroyedBeforeHold, ForeseeHold, HoldRelease, ListHolds, PlaceHold],
  exports: [ProposePolicy, ReadPolicyNow, AskRelease, ForeseeHold, ListHolds, PlaceHold],
})
export class DecisionsModule {}
