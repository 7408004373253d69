"""Cleans last night's export with efface, every night. For Airflow 2 or 3.

nightly.sh says what stands where. Status 1 (somebody was found nowhere or is held back) is no
failure: the rest is done, and the log of the task tells. Any other fails the task, with nothing
published; trying again does no harm, and helps after a system error.
"""

import datetime

from airflow import DAG

try:
    from airflow.providers.standard.operators.bash import BashOperator
except ImportError:
    from airflow.operators.bash import BashOperator

COMMAND = """
/usr/local/lib/efface/nightly.sh
status=$?
[ "$status" -eq 1 ] || exit "$status"
"""

with DAG(
    dag_id="efface_nightly",
    description="Erase contacts from last night's export",
    schedule="30 3 * * *",
    start_date=datetime.datetime(2025, 1, 1, tzinfo=datetime.timezone.utc),
    catchup=False,
    max_active_runs=1,  # the ledger and the output have one writer
    tags=["privacy"],
):
    BashOperator(
        task_id="clean_export",
        bash_command=COMMAND,
        append_env=True,
        env={"EFFACE_HOME": "/srv/efface"},
        retries=2,
        retry_delay=datetime.timedelta(hours=1),
        execution_timeout=datetime.timedelta(hours=4),
    )
