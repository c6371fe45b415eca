"""Launch the workbench: read ``corpus/`` where it is new or has changed, then serve."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from interfaces.cli.output import warn
from interfaces.cli.progress import IngestBar
from interfaces.cli.serve import run
from interfaces.workspace import Workspace

CORPUS = Path(__file__).parent / "corpus"


def main() -> int:
    """Parse the few options, bring the sample library up to date, serve."""
    parser = argparse.ArgumentParser(description="启动政策知识库工作台")
    parser.add_argument("--kb", type=Path, default=Path("kb-data"), help="知识库文件夹")
    parser.add_argument("--host", default="127.0.0.1", help="监听的地址")
    parser.add_argument("--port", type=int, default=7860, help="监听的端口")
    options = parser.parse_args()
    with Workspace(options.kb) as workspace, IngestBar() as bar:
        report = workspace.ingest([CORPUS], on_progress=bar.reading, on_index=bar.indexing)
    for failure in report.failed:
        warn(f"未能读入 {failure.source}：{failure.error}")
    run(options.kb, options.host, options.port)
    return 0


if __name__ == "__main__":
    sys.exit(main())
