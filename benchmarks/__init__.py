"""What dragoman costs: each module measures one room and prints its figures."""
