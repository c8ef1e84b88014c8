/* Nothing is queued when the module goes. */
// @lab nic=none
// @expect none
import { module_exit, module_init } from "linux/module";
import {
  cancel_delayed_work,
  flush_scheduled_work,
  INIT_WORK,
  schedule_delayed_work,
  work_struct,
} from "linux/workqueue";

const work = new work_struct();
const seen = { works: 0 };

function my_work(): void {
  seen.works++;
}

function my_init(): number {
  INIT_WORK(work, my_work, null);
  schedule_delayed_work(work, 5000);
  return 0;
}

module_init(my_init);
module_exit(() => {
  cancel_delayed_work(work);
  flush_scheduled_work();
});
