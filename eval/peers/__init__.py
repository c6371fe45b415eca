"""Other search systems on the same passages and questions as ours: ``python -m eval.peers``.

A module per family. Each system is built, searched and measured in a process of its own, so that its memory is its
own. They are an optional extra: ``pip install -e ".[peers]" -c constraints.txt``.
"""
