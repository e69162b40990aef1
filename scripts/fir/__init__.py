"""The Firmware Information Repository, as programs.

Data flows one way. `repository` turns bytes into the nouns of `model`; `checks` judges one state of
the repository; `answers` says which firmware is newer; `report` and `site` tell people.
`submissions` and `editing` write files that the next reading judges like any other; `review`
compares two states of them. `cli` is the only room that prints; `workflows` holds the steps that
run on GitHub.
"""
