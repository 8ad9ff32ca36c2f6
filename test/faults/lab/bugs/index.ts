/** Every bug that can be planted. */
import { appendNotAddress } from './append-not-address.ts';
import { clearFirst } from './clear-first.ts';
import { countsUnchecked } from './counts-unchecked.ts';
import { cursorFromTheEnd } from './cursor-from-the-end.ts';
import { dayLimitAsMinute } from './day-limit-as-minute.ts';
import { deadWorkerUnseen } from './dead-worker-unseen.ts';
import { enqueueBeforeSave } from './enqueue-before-save.ts';
import { exporterNeverFree } from './exporter-never-free.ts';
import { floatMoney } from './float-money.ts';
import { gapsForgotten } from './gaps-forgotten.ts';
import { lengthIgnored } from './length-ignored.ts';
import { lostAnswerEndsGrant } from './lost-answer-ends-grant.ts';
import { lostTaskForgotten } from './lost-task-forgotten.ts';
import { movedRowsUnseen } from './moved-rows-unseen.ts';
import { noFencingInRecords } from './no-fencing-in-records.ts';
import { noOwnerFilter } from './no-owner-filter.ts';
import { noPassAfterSweep } from './no-pass-after-sweep.ts';
import { noReadBack } from './no-read-back.ts';
import { noTombstones } from './no-tombstones.ts';
import { noWriteMark } from './no-write-mark.ts';
import { oldRefreshTokenKept } from './old-refresh-token-kept.ts';
import { oldTextWins } from './old-text-wins.ts';
import { parsedNotRaw } from './parsed-not-raw.ts';
import type { Bug } from './planted.ts';
import { quotaFailureKept } from './quota-failure-kept.ts';
import { refreshWithoutLease } from './refresh-without-lease.ts';
import { remainderLeft } from './remainder-left.ts';
import { retryAfterIgnored } from './retry-after-ignored.ts';
import { secondDeliveryActs } from './second-delivery-acts.ts';
import { tokenInClear } from './token-in-clear.ts';
import { tokenInLog } from './token-in-log.ts';

export const bugs: readonly Bug[] = [
  appendNotAddress,
  clearFirst,
  countsUnchecked,
  cursorFromTheEnd,
  dayLimitAsMinute,
  deadWorkerUnseen,
  enqueueBeforeSave,
  exporterNeverFree,
  floatMoney,
  gapsForgotten,
  lengthIgnored,
  lostAnswerEndsGrant,
  lostTaskForgotten,
  movedRowsUnseen,
  noFencingInRecords,
  noOwnerFilter,
  noPassAfterSweep,
  noReadBack,
  noTombstones,
  noWriteMark,
  oldRefreshTokenKept,
  oldTextWins,
  secondDeliveryActs,
  parsedNotRaw,
  quotaFailureKept,
  refreshWithoutLease,
  remainderLeft,
  retryAfterIgnored,
  tokenInClear,
  tokenInLog,
];
