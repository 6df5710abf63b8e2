"""The screens of the desk: each a function from what is asked to the data that is shown."""
