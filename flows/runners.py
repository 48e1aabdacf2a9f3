"""Where a flow's batches are read: here, or on a Dask or Ray cluster. Set by DEALGRAPH_RUNNER."""

from __future__ import annotations

from typing import Any

from prefect.task_runners import TaskRunner, ThreadPoolTaskRunner

from flows.settings import Settings
from pipeline.errors import SettingsError


def task_runner(settings: Settings) -> TaskRunner[Any]:
    """The task runner that the settings ask for: of a running cluster, or of one made for this run."""
    if settings.runner != "local":
        runner: TaskRunner[Any] = _dask(settings) if settings.runner == "dask" else _ray(settings)
        return runner
    return ThreadPoolTaskRunner(max_workers=settings.workers)


def _dask(settings: Settings) -> Any:
    try:
        from prefect_dask.task_runners import DaskTaskRunner
    except ImportError as error:
        raise _missing("dask") from error
    if settings.runner_address:
        return DaskTaskRunner(address=settings.runner_address)
    # Processes of one thread each: the model's own threads would fight over the cores.
    return DaskTaskRunner(
        cluster_kwargs={"n_workers": settings.workers, "threads_per_worker": 1, "dashboard_address": None}
    )


def _ray(settings: Settings) -> Any:
    try:
        from prefect_ray.task_runners import RayTaskRunner
    except ImportError as error:
        raise _missing("ray") from error
    if settings.runner_address:
        return RayTaskRunner(address=settings.runner_address)
    return RayTaskRunner(init_kwargs={"num_cpus": settings.workers, "include_dashboard": False})


def _missing(name: str) -> SettingsError:
    return SettingsError(
        f"{name} is not installed", subject="DEALGRAPH_RUNNER", remedy=f"pip install 'dealgraph[{name}]'"
    )
