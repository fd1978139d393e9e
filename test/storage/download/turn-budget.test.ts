import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createTurnBudget } from '../../../src/storage/download/turn-budget.js';

test('within its bytes nobody waits', () => {
  const budget = createTurnBudget(100);
  assert.equal(budget.spend(60), null);
  assert.equal(budget.spend(39), null);
});

test('once they are spent all readers wait until everybody else had their turn, and begin anew', async () => {
  const budget = createTurnBudget(100);
  const order: string[] = [];
  const other = new Promise<void>((resolve) => setImmediate(() => resolve(void order.push('other'))));
  const first = budget.spend(100);
  const second = budget.spend(1);
  assert.ok(first !== null && second !== null);
  await Promise.all([first.then(() => order.push('first')), second.then(() => order.push('second')), other]);
  assert.deepEqual(order, ['other', 'first', 'second']);
  assert.equal(budget.spend(99), null);
  assert.notEqual(budget.spend(1), null);
});
