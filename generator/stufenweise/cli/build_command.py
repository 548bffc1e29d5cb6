"""`stufenweise build` and `stufenweise serve`: build the site once, or at every save."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import get_args

import click

from stufenweise.cli.build_report import Reporter
from stufenweise.cli.command_context import CommandContext, project_options, with_context
from stufenweise.cli.exits import EXIT_CONTENT, EXIT_MACHINE
from stufenweise.cli.trust_notice import name_new_programs
from stufenweise.config.project import Project
from stufenweise.core.timings import Timings
from stufenweise.pipeline import BuildEvents, BuildOptions, build
from stufenweise.render.builder_command import BuilderName, is_installed


def _refuse_missing_builder(context: CommandContext, builder: BuilderName) -> None:
    """Exit with 2 if a builder is not installed."""
    if not is_installed(builder):
        context.refuse("builder-missing", builder=builder)


def _warn_about_missing_features(context: CommandContext, builder: BuilderName, project: Project) -> None:
    """Print warnings about features of a project that a builder does not have."""
    if builder == "zensical":
        skipped = [*(name for name, _ in project.plugins), *project.hooks]
        context.print_note("builder-zensical", skipped=", ".join(skipped) or "–")


builder_option = click.option(
    "--builder",
    type=click.Choice(get_args(BuilderName)),
    default="mkdocs",
    show_default=True,
    help="Program that renders.",
)


@click.command("build")
@project_options
@with_context
@builder_option
@click.option("-d", "--site-dir", type=click.Path(path_type=Path), help="Folder to publish to instead of site_dir.")
@click.option("--strict", is_flag=True, help="Let warnings stop the build.")
@click.option("--force", is_flag=True, help="Build although nothing has changed.")
@click.option("--wait", type=click.FloatRange(min=0), default=0, help="Seconds to wait for another build.")
@click.option("-q", "--quiet", is_flag=True, help="Say nothing but problems.")
@click.option("--timings", type=click.Path(path_type=Path), help="Write the seconds of each stage to this file.")
def build_command(
    context: CommandContext,
    builder: BuilderName,
    site_dir: Path | None,
    strict: bool,
    force: bool,
    wait: float,
    quiet: bool,
    timings: Path | None,
) -> None:
    """Check the content, build the site and publish it.

    The new site takes the old one's place in one step; until then, and if anything fails, the old one stays.
    """
    project = context.open_project(site_dir)
    name_new_programs(context, project)
    reporter = Reporter(language=context.language, root=project.root, quiet=quiet)
    clock = Timings()
    _refuse_missing_builder(context, builder)
    options = BuildOptions(builder=builder, strict=strict, force=force, wait=wait)
    if not quiet:
        _warn_about_missing_features(context, options.builder, project)
    with clock.stage("total"), reporter.progress() as on_progress:
        report = build(
            project,
            options,
            today=context.today,
            environ=os.environ,
            timings=clock,
            events=BuildEvents(
                on_checked=reporter.print_problems, on_printing=reporter.print_printing, on_progress=on_progress
            ),
        )
    if timings:
        timings.write_text(
            json.dumps({"seconds": clock.seconds, "computing": clock.computing}, indent=2), encoding="utf-8"
        )
    reporter.print_result(report, project, strict=strict)
    if not report.published:
        raise SystemExit(EXIT_MACHINE if report.outcomes else EXIT_CONTENT)


@click.command()
@project_options
@with_context
@builder_option
@click.option("-a", "--address", default="127.0.0.1:8000", show_default=True, metavar="HOST:PORT")
@click.option("--host", "names", multiple=True, metavar="NAME", help="Another name under which it may be asked for.")
@click.option("-o", "--open", "open_browser", is_flag=True, help="Open the site in the browser.")
def serve(
    context: CommandContext, builder: BuilderName, address: str, names: tuple[str, ...], open_browser: bool
) -> None:
    """Show the site in the browser, and build it again whenever a file is saved."""
    from stufenweise.serve.dev_server import serve_project
    from stufenweise.serve.live_server import Address

    host, _, port = address.rpartition(":")
    if not port.isdecimal() or not host or int(port) > 65535:
        raise click.BadParameter(context.message("bad-address"), param_hint="--address")
    project = context.open_project()
    name_new_programs(context, project)
    reporter = Reporter(language=context.language, root=project.root, quiet=False)
    _refuse_missing_builder(context, builder)
    options = BuildOptions(builder=builder, drafts="marked")
    _warn_about_missing_features(context, options.builder, project)
    serve_project(
        project,
        options,
        Address(host.strip("[]"), int(port), names),
        reporter=reporter,
        environ=os.environ,
        today=lambda: context.today,
        open_browser=open_browser,
    )
