"""The accounts of an invented organism, drawn so that every equality of the form holds to the cent."""
