"""The Firmware Information Repository, as programs.

Data flows one way. `read` turns bytes into the nouns of `model`; `check` judges one state of the
repository; `answer` says which firmware is newer; `report` and `publish` tell people. `contribute`
writes files that the next reading judges like any other; `review` compares two states of them.
`cli` is the only module that prints; `flows`, the steps of the workflows, speaks to their runner.
"""
