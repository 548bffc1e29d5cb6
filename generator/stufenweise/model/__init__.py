"""What a level, a tutorial, a programme, a goal, a term is: no files, no MkDocs."""
